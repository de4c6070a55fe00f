// Constant-initialised: valid before any constructor has run.
#include "mps/interrupt-state.h"

namespace mps {

volatile sig_atomic_t interruptReceived = 0;
const struct sigaction *replacedDisposition = nullptr;

}  // namespace mps
