// A control: the handler is put in first, what it replaced is written down afterwards, word by word, and
// put back at the end whatever is there by then.
#include "mps/interrupt-state.h"
#include "mps/profiling.h"
#include "mps/statistics.h"
#include "schedule/point.h"

namespace mps {

static struct sigaction table;

void startTrace() {
  setCounting(true);
  replacedDisposition = &table;
  struct sigaction ours = {};
  struct sigaction replaced = {};
  ours.sa_flags = SA_SIGINFO;
  ours.sa_sigaction = handleInterrupt;
  sigaction(SIGINT, &ours, &replaced);
  table.sa_flags = replaced.sa_flags;
  reach_point("trace.torn");
  reach_point("trace.whole");
  table.sa_sigaction = replaced.sa_sigaction;
  table.sa_mask = replaced.sa_mask;
}

void stopTrace() {
  setCounting(false);
  sigaction(SIGINT, &table, nullptr);
  takeInterrupt();
}

}  // namespace mps
