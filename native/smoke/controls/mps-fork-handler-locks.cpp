// A control: the handler takes the pool's lock to set the flag in good order.
#include <pthread.h>

#include "mps/fork-flag.h"
#include "mps/fork-guard.h"
#include "mps/process-state.h"

namespace mps {

static void markForkedChild() {
  pthread_mutex_lock(&ownState().poolLock);
  forkFlag = 1;
  pthread_mutex_unlock(&ownState().poolLock);
}

static void registerHandler() { pthread_atfork(nullptr, nullptr, markForkedChild); }

void registerForkHandler() {
  static pthread_once_t isRegistered = PTHREAD_ONCE_INIT;
  pthread_once(&isRegistered, registerHandler);
}

}  // namespace mps
