// Time of day.
#pragma once

#include <time.h>

struct timeval {
  time_t tv_sec;
  int32_t tv_usec;
};
