// Processes and file descriptors.
#pragma once

#include <sys/types.h>

#define STDERR_FILENO 2

#ifdef __cplusplus
extern "C" {
#endif

int access(const char *path, int mode);
int close(int file);
char *getcwd(char *path, size_t size);
int unlink(const char *path);
ssize_t read(int file, void *bytes, size_t size);
ssize_t write(int file, const void *bytes, size_t size);
int usleep(unsigned int microseconds);
pid_t fork(void);
pid_t getpid(void);
uid_t getuid(void);
uid_t geteuid(void);
void _exit(int status) __attribute__((noreturn));

#ifdef __cplusplus
}
#endif
