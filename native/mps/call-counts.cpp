// Relaxed atomics: counting must not order what is counted.
#include "mps/call-counts.h"

namespace mps {

static CallCounts counts = {0, 0, 0};
static long encoding = 0;

// @unmodelled adds to a counter
static long add(long &counter, long by) { return __atomic_add_fetch(&counter, by, __ATOMIC_RELAXED); }

// @unmodelled reads counts for a test
CallCounts readCallCounts() { return CallCounts{add(counts.started, 0), add(counts.completed, 0), add(counts.overlaps, 0)}; }

// @unmodelled counts calls for a test; no step of the spec
CallScope::CallScope() { add(counts.started, 1); }

// @unmodelled counts calls for a test; no step of the spec
CallScope::~CallScope() { add(counts.completed, 1); }

// @unmodelled notices two that encode, for a test; no step of the spec
EncodingScope::EncodingScope() {
  if (add(encoding, 1) > 1) add(counts.overlaps, 1);
}

// @unmodelled notices two that encode, for a test; no step of the spec
EncodingScope::~EncodingScope() { add(encoding, -1); }

}  // namespace mps
