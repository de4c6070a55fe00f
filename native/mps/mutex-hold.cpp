// The mutex that was taken is the one that is given back, also when a new one has come in its place.
#include "mps/mutex-hold.h"

#include "schedule/point.h"

namespace mps {

// @claim TensorLifetime!OneEncodes, TensorLifetime!NoUseAfterFreeCrashes
// @claim ForkSafety!OneInPool, ForkSafety!NoOrphanedWait
MutexHold::MutexHold(pthread_mutex_t *mutex, const char *contendedPoint) : held(mutex) {
  if (held == nullptr || pthread_mutex_trylock(held) == 0) return;
  reach_point(contendedPoint);
  pthread_mutex_lock(held);
}

// @claim TensorLifetime!EveryCallCompletes, ForkSafety!EveryChildOpReturns
void MutexHold::release() {
  if (held != nullptr) pthread_mutex_unlock(held);
  held = nullptr;
}

// @claim TensorLifetime!EveryCallCompletes, ForkSafety!EveryChildOpReturns
MutexHold::~MutexHold() { release(); }

}  // namespace mps
