// Async-signal-safe: loads, stores, signal(), raise(), and the handler that was there before, which is
// the program's own. Where the signal comes in the middle of a call that holds a lock, nothing here
// waits for it.
#include <errno.h>
#include <signal.h>

#include "mps/interrupt-state.h"

namespace mps {

// The signal is blocked while its handler runs, so the process dies when the handler returns.
// @unmodelled no spec has interrupts yet; smoke_signal shows what it does
static void dieByDefault(int received) {
  signal(received, SIG_DFL);
  raise(received);
}

// SIG_IGN and SIG_DFL are no functions.
// @unmodelled no spec has interrupts yet; smoke_signal shows what it does
static void passOn(int received, siginfo_t *info, void *context) {
  const struct sigaction *previous = __atomic_load_n(&replacedDisposition, __ATOMIC_ACQUIRE);
  if ((previous->sa_flags & SA_SIGINFO) != 0) {
    previous->sa_sigaction(received, info, context);
  } else if (previous->sa_handler == SIG_DFL) {
    dieByDefault(received);
  } else if (previous->sa_handler != SIG_IGN) {
    previous->sa_handler(received);
  }
}

// What was interrupted may be about to look at errno.
// @unmodelled no spec has interrupts yet; smoke_signal shows what it does
void handleInterrupt(int received, siginfo_t *info, void *context) {
  const int interruptedErrno = errno;
  interruptReceived = 1;
  passOn(received, info, context);
  errno = interruptedErrno;
}

}  // namespace mps
