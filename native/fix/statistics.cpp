// Relaxed atomics: a count orders nothing, least of all the accesses whose races are looked for.
#include "fix/statistics.h"

#include <string.h>

#include "fix/agx_fix.h"
#include "fix/description.h"
#include "fix/encoder-table.h"
#include "fix/hooked-methods.h"

namespace agx_fix {

uint64_t counters[int(Counter::Count_)];

// @unmodelled counts what the other functions did; no step of the protocol depends on it
void countUnguarded(Counter counter) { __atomic_add_fetch(&counters[int(counter)], 1, __ATOMIC_RELAXED); }

// The fields between `size` and `oldest_tracked_ms` are the counters, in their order.
// @unmodelled reports counts; no step of the protocol depends on it
static agx_fix_statistics readCounters() {
  const size_t first = offsetof(agx_fix_statistics, guarded_calls);
  static_assert(offsetof(agx_fix_statistics, oldest_tracked_ms) == first + sizeof counters, "a field for each counter");
  agx_fix_statistics all = {};
  uint64_t values[int(Counter::Count_)];
  for (int i = 0; i < int(Counter::Count_); ++i) values[i] = __atomic_load_n(&counters[i], __ATOMIC_RELAXED);
  memcpy(reinterpret_cast<char *>(&all) + first, values, sizeof values);
  all.oldest_tracked_ms = readOldestAge();
  return all;
}

}  // namespace agx_fix

// @unmodelled reports which interface this is
uint32_t agx_fix_api_version(void) { return AGX_FIX_API_VERSION; }

// @unmodelled reports counts; no step of the protocol depends on it
int agx_fix_read_statistics(struct agx_fix_statistics *out) {
  if (out == nullptr || out->size < offsetof(agx_fix_statistics, guarded_calls)) return -1;
  agx_fix_statistics all = agx_fix::readCounters();
  all.version = AGX_FIX_API_VERSION;
  all.size = out->size < sizeof all ? out->size : uint32_t(sizeof all);
  memcpy(out, &all, all.size);
  return 0;
}

// @unmodelled reports whether anything is hooked
int agx_fix_is_active(void) {
  if (agx_fix::countHookedMethods() == 0) return AGX_FIX_INACTIVE;
  agx_fix::Text nothing(nullptr, 0);
  return agx_fix::listMissing(nothing, "", "") > 0 ? AGX_FIX_PARTLY_ACTIVE : AGX_FIX_ACTIVE;
}

// @unmodelled reports how much is hooked
uint64_t agx_fix_count_hooks(void) { return agx_fix::countHookedMethods(); }

// @unmodelled reports what is hooked
size_t agx_fix_describe_hooks(char *buffer, size_t size) {
  agx_fix::Text text(buffer, size);
  agx_fix::describeHooks(text);
  return text.length();
}
