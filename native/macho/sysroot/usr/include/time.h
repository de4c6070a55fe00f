// Clocks.
#pragma once

#include <sys/types.h>

typedef long time_t;

struct timespec {
  time_t tv_sec;
  long tv_nsec;
};

typedef enum { CLOCK_REALTIME = 0, CLOCK_MONOTONIC = 6 } clockid_t;

#ifdef __cplusplus
extern "C" {
#endif

int clock_gettime(clockid_t clock, struct timespec *time);
int nanosleep(const struct timespec *length, struct timespec *rest);
time_t time(time_t *out);

#ifdef __cplusplus
}
#endif
