// A schedule point: where a schedule may hold a thread back.
// The engine is optional. Without it the symbol is absent and a point is one test of a constant
// address; on Apple platforms, where no engine exists, a point is nothing.
#pragma once

#if !defined(__APPLE__)
extern "C" __attribute__((weak, visibility("default"))) void schedule_point(const char *point);
#endif

static inline void reach_point(const char *point) {
#if !defined(__APPLE__)
  if (schedule_point) schedule_point(point);
#else
  (void)point;
#endif
}
