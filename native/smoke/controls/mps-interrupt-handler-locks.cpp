// A control: the handler logs the statistics itself, for which it takes their lock.
#include "mps/interrupt-state.h"
#include "mps/statistics.h"

namespace mps {

void handleInterrupt(int received, siginfo_t *, void *) {
  logStatistics();
  if (replacedDisposition->sa_handler != SIG_DFL && replacedDisposition->sa_handler != SIG_IGN)
    replacedDisposition->sa_handler(received);
}

}  // namespace mps
