// Relaxed atomics: a count orders nothing, least of all the accesses whose races are looked for.
#include "fix/statistics.h"

#include "fix/agx_fix.h"
#include "fix/hooked-methods.h"

namespace agx_fix {

static uint64_t counters[int(Counter::Count_)];

// @unmodelled counts what the other functions did; no step of the protocol depends on it
void count(Counter counter, long by) {
  __atomic_add_fetch(&counters[int(counter)], uint64_t(by), __ATOMIC_RELAXED);
}

// @unmodelled reads one counter
static uint64_t readCounter(Counter counter) {
  return __atomic_load_n(&counters[int(counter)], __ATOMIC_RELAXED);
}

}  // namespace agx_fix

using agx_fix::Counter;
using agx_fix::readCounter;

// @unmodelled reports counts; no step of the protocol depends on it
void agx_fix_read_statistics(struct agx_fix_statistics *out) {
  out->skips = readCounter(Counter::Skips);
  out->retained = readCounter(Counter::Retained);
  out->released = readCounter(Counter::Released);
  out->tracked = readCounter(Counter::Tracked);
  out->untracked_calls = readCounter(Counter::UntrackedCalls);
  out->untracked_encoders = readCounter(Counter::UntrackedEncoders);
  out->guarded_calls = readCounter(Counter::GuardedCalls);
  out->contentions = readCounter(Counter::Contentions);
}

// @unmodelled reports whether anything is hooked
int agx_fix_is_active(void) { return agx_fix::countHookedMethods() > 0; }

// @unmodelled reports how much is hooked
uint64_t agx_fix_count_hooks(void) { return agx_fix::countHookedMethods(); }
