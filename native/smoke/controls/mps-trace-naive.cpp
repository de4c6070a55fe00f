// A control: the handler is put in first, what it replaced is written down afterwards, and put back at the end
// whatever is there by then.
#include "mps/interrupt-state.h"
#include "mps/profiling.h"
#include "mps/statistics.h"
#include "schedule/point.h"

namespace mps {

static struct sigaction table;

void startTrace() {
  setCounting(true);
  struct sigaction ours = {};
  ours.sa_flags = SA_SIGINFO;
  ours.sa_sigaction = handleInterrupt;
  sigaction(SIGINT, &ours, &table);
  reach_point("trace.torn");
  reach_point("trace.whole");
  replacedDisposition = &table;
}

void stopTrace() {
  setCounting(false);
  sigaction(SIGINT, &table, nullptr);
  takeInterrupt();
}

}  // namespace mps
