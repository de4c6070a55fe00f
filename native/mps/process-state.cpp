// The first state is constant-initialised: usable from any constructor, before and after main.
#include "mps/process-state.h"

namespace mps {

static ProcessState firstState = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER,
                                  PTHREAD_MUTEX_INITIALIZER, false, {}, 0};
static ProcessState *state = &firstState;

// @claim ForkSafety!AfreshWorks, ForkSafety!NoInheritedUse
ProcessState &ownState() { return *__atomic_load_n(&state, __ATOMIC_ACQUIRE); }

// @unmodelled initialises four mutexes
static void makeLocks(ProcessState &fresh) {
  pthread_mutex_init(&fresh.interpreterLock, nullptr);
  pthread_mutex_init(&fresh.encodingLock, nullptr);
  pthread_mutex_init(&fresh.poolLock, nullptr);
  pthread_mutex_init(&fresh.statisticsLock, nullptr);
}

// @claim ForkSafety!AfreshWorks, ForkSafety!NoOrphanedWait, ForkSafety!NoInheritedUse
void replaceState() {
  ProcessState *fresh = new ProcessState();
  makeLocks(*fresh);
  __atomic_store_n(&state, fresh, __ATOMIC_RELEASE);
}

}  // namespace mps
