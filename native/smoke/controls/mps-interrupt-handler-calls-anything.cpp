// A control: whatever was there before and is not null is called as a function.
#include "mps/interrupt-state.h"

namespace mps {

void handleInterrupt(int received, siginfo_t *, void *) {
  interruptReceived = 1;
  if (replacedDisposition->sa_handler != nullptr) replacedDisposition->sa_handler(received);
}

}  // namespace mps
