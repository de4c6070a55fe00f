// What the interrupt handler shares with the rest: words that it can read and write without a call.
#pragma once

#include <signal.h>

namespace mps {

/// Set by the handler, taken by takeInterrupt.
extern volatile sig_atomic_t interruptReceived;

/// The disposition that ours replaced. Published before the handler is put in; a record is never written
/// again, since a handler that runs in another thread may be reading it.
extern const struct sigaction *replacedDisposition;

/// The handler of SIGINT while a trace runs. Async-signal-safe.
void handleInterrupt(int signal, siginfo_t *info, void *context);

}  // namespace mps
