// A control: the handler stays when the trace has stopped.
#include "mps/interrupt-state.h"
#include "mps/profiling.h"
#include "mps/statistics.h"
#include "schedule/point.h"

namespace mps {

static struct sigaction table;

void startTrace() {
  setCounting(true);
  sigaction(SIGINT, nullptr, &table);
  replacedDisposition = &table;
  struct sigaction ours = {};
  ours.sa_flags = SA_SIGINFO;
  ours.sa_sigaction = handleInterrupt;
  sigaction(SIGINT, &ours, nullptr);
}

void stopTrace() {
  setCounting(false);
  takeInterrupt();
}

}  // namespace mps
