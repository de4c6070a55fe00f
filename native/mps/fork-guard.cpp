// The flag is tested with one load: no lock that a child could have inherited in a locked state.
#include "mps/fork-guard.h"

#include "mps/fork-flag.h"
#include "mps/process-state.h"

namespace mps {

int forkFlag = 0;

// @unmodelled the text of the exception
ForkedChildError::ForkedChildError()
    : std::runtime_error(
          "Cannot use MPS in a forked child process. Metal objects (command queues, buffers) are not inherited "
          "across fork(). Re-initialize MPS in the child process or use 'spawn' instead of 'fork'.") {}

// @claim ForkSafety!ForkedOpsRaise, ForkSafety!NoOrphanedWait
bool isInForkedChild() { return __atomic_load_n(&forkFlag, __ATOMIC_ACQUIRE) != 0; }

// @claim ForkSafety!ForkedOpsRaise, ForkSafety!NoInheritedUse, ForkSafety!NoOrphanedWait
// @claim ForkSafety!EveryChildOpReturns
void refuseForkedChild() {
  if (isInForkedChild()) throw ForkedChildError();
}

// @claim ForkSafety!ForkedOpsRaise, ForkSafety!NoInheritedUse, ForkSafety!NoOrphanedWait
void admitCall() {
  refuseForkedChild();
  registerForkHandler();
}

// The flag falls last: an entry point that passes it finds the new locks.
// @claim ForkSafety!AfreshWorks
bool startAfresh() {
  if (!isInForkedChild()) return false;
  replaceState();
  __atomic_store_n(&forkFlag, 0, __ATOMIC_RELEASE);
  return true;
}

}  // namespace mps
