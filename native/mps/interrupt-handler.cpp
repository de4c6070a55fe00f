// Async-signal-safe: loads, stores, signal(), raise(), and the handler that was there before, which is
// the program's own. Where the signal comes in the middle of a call that holds a lock, nothing here
// waits for it.
#include <errno.h>
#include <signal.h>

#include "mps/interrupt-state.h"

namespace mps {

// The signal is blocked while its handler runs, so the process dies when the handler returns.
// @claim SignalSafety!PreviousHonoured
static void dieByDefault(int received) {
  signal(received, SIG_DFL);
  raise(received);
}

// SIG_IGN and SIG_DFL are no functions, whatever flags they were put in with.
// @claim SignalSafety!PreviousHonoured, SignalSafety!NoHandlerCrash
static void passOn(int received, siginfo_t *info, void *context) {
  const struct sigaction *previous = __atomic_load_n(&replacedDisposition, __ATOMIC_ACQUIRE);
  if (previous->sa_handler == SIG_IGN) return;
  if (previous->sa_handler == SIG_DFL) {
    dieByDefault(received);
  } else if ((previous->sa_flags & SA_SIGINFO) != 0) {
    previous->sa_sigaction(received, info, context);
  } else {
    previous->sa_handler(received);
  }
}

// What was interrupted may be about to look at errno.
// @claim SignalSafety!NoSelfDeadlock, SignalSafety!HandlerReturns, SignalSafety!NothingLost
void handleInterrupt(int received, siginfo_t *info, void *context) {
  const int interruptedErrno = errno;
  __atomic_store_n(&interruptReceived, 1, __ATOMIC_RELEASE);
  passOn(received, info, context);
  errno = interruptedErrno;
}

}  // namespace mps
