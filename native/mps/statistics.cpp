// The lock is the process's own; see process-state.h.
#include "mps/statistics.h"

#include <stdio.h>

#include "mps/fork-guard.h"
#include "mps/mutex-hold.h"
#include "mps/process-state.h"
#include "mps/profiling.h"
#include "schedule/point.h"

namespace mps {

static bool isCounting = false;
static Statistics counts = {0, 0};

// @unmodelled what is counted; the spec has the lock and the log
void setCounting(bool on) { __atomic_store_n(&isCounting, on, __ATOMIC_RELAXED); }

// The lock that a handler must not wait for: an interrupt may come in the middle of this.
// @claim SignalSafety!NoSelfDeadlock
void recordOperation() {
  if (!__atomic_load_n(&isCounting, __ATOMIC_RELAXED)) return;
  const MutexHold hold(&ownState().statisticsLock, "statistics.contended");
  reach_point("statistics.locked");
  ++counts.operations;
  reach_point("statistics.leave");
}

// @claim SignalSafety!NothingLost
void logStatistics() {
  const MutexHold hold(&ownState().statisticsLock, "statistics.contended");
  ++counts.logs;
  reach_point("log.begin");
  fprintf(stderr, "mps: interrupted after %ld operations\n", counts.operations);
  reach_point("log.written");
}

// @claim ForkSafety!ForkedOpsRaise, ForkSafety!NoOrphanedWait
Statistics readStatistics() {
  admitCall();
  const MutexHold hold(&ownState().statisticsLock, "statistics.contended");
  return counts;
}

}  // namespace mps
