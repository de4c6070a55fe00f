// Counters that hooks raise; read through the C interface.
#pragma once

namespace agx_fix {

enum class Counter {
  Skips,
  Retained,
  Released,
  Tracked,
  UntrackedCalls,
  UntrackedEncoders,
  GuardedCalls,
  Contentions,
  Count_
};

/// Adds `by` (one unless said otherwise; -1 takes an encoder off `Tracked`).
void count(Counter counter, long by = 1);

}  // namespace agx_fix
