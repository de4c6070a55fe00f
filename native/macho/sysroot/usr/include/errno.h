// Error numbers, with macOS's values.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

int *__error(void);

#ifdef __cplusplus
}
#endif

#define errno (*__error())

#define EPERM 1
#define ENOENT 2
#define ESRCH 3
#define EINTR 4
#define EDEADLK 11
#define ENOMEM 12
#define EACCES 13
#define EBUSY 16
#define EEXIST 17
#define EINVAL 22
#define ERANGE 34
#define EAGAIN 35
#define ENOTSUP 45
#define ETIMEDOUT 60
