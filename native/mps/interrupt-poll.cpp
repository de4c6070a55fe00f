// Where the process survives an interrupt, this is who reads the flag.
#include "mps/fork-guard.h"
#include "mps/interrupt-state.h"
#include "mps/profiling.h"
#include "mps/statistics.h"

namespace mps {

// The flag falls before the log is written: an interrupt that comes during the log is the next one's.
// @claim SignalSafety!NothingLost
bool takeInterrupt() {
  admitCall();
  if (__atomic_exchange_n(&interruptReceived, 0, __ATOMIC_ACQ_REL) == 0) return false;
  logStatistics();
  return true;
}

}  // namespace mps
