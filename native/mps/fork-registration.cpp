// The handler that marks a forked child. It runs before fork() returns there, with every lock of the
// parent in whatever state it was in: no lock, no allocation, no thread-local object.
#include <pthread.h>

#include "mps/fork-flag.h"
#include "mps/fork-guard.h"

namespace mps {

// @claim ForkSafety!ForkedOpsRaise, ForkSafety!NoOrphanedWait, ForkSafety!NoInheritedUse
static void markForkedChild() { __atomic_store_n(&forkFlag, 1, __ATOMIC_RELEASE); }

// @claim ForkSafety!NoInheritedUse, ForkSafety!ForkedOpsRaise
static void registerHandler() { pthread_atfork(nullptr, nullptr, markForkedChild); }

// @claim ForkSafety!NoInheritedUse, ForkSafety!ForkedOpsRaise
void registerForkHandler() {
  static pthread_once_t isRegistered = PTHREAD_ONCE_INIT;
  pthread_once(&isRegistered, registerHandler);
}

}  // namespace mps
