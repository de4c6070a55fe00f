// The engine's clock.
#pragma once

#include <time.h>

namespace schedule {

/// Milliseconds of the monotonic clock.
inline long long readMilliseconds() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

}  // namespace schedule
