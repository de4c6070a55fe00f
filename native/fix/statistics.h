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

extern uint64_t counters[int(Counter::Count_)];

/// Adds `by` (one unless said otherwise; -1 takes an encoder off `Tracked`). Needs the guard, so that a read
/// and a write do; a reader without it sees one value or the other.
// @unmodelled counts what the other functions did; no step of the protocol depends on it
inline void count(Counter counter, long by = 1) {
  uint64_t *place = &counters[int(counter)];
  __atomic_store_n(place, __atomic_load_n(place, __ATOMIC_RELAXED) + uint64_t(by), __ATOMIC_RELAXED);
}

/// The same for a counter that is only ever raised without the guard.
void countUnguarded(Counter counter);

}  // namespace agx_fix
