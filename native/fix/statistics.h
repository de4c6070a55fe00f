// Counters that hooks raise; read through the C interface.
#pragma once

#include <stdint.h>

namespace agx_fix {

// In the order of the fields of agx_fix_statistics.
enum class Counter {
  GuardedCalls,
  Contentions,
  Skips,
  Retained,
  Released,
  Tracked,
  ReusedEncoders,
  UntrackedEncoders,
  UntrackedCalls,
  OverReleased,
  CallsInFlight,
  ForeignCalls,
  CallsAfterEnd,
  OverlappingBufferCalls,
  UncommittedBuffers,
  ReinitialisedInDestroy,
  NullDestroys,
  Count_
};

/// Adds `by` (one unless said otherwise; -1 takes an encoder off `Tracked`).
void count(Counter counter, long by = 1);

}  // namespace agx_fix
