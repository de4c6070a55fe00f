// Recursive, because the driver sends guarded messages from inside guarded ones: a factory ends the
// previous encoder, and every end comes down to destroyImpl.
#include "fix/guard.h"

#include <pthread.h>

#include "fix/statistics.h"
#include "schedule/point.h"

namespace agx_fix {

#ifdef __APPLE__
static pthread_mutex_t guardMutex = PTHREAD_RECURSIVE_MUTEX_INITIALIZER;
#else
static pthread_mutex_t guardMutex = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
#endif

// The point lies before the wait, so that a schedule can name "found the guard held" as an outcome.
// @claim AGXV2_3!GuardedDriverCalls, AGXV2_3!NoCommandBufferRace, AGXV2_3!NoStaleImpl
// @claim AGXRaceFix!NoDanglingUse
GuardHold::GuardHold() {
  count(Counter::GuardedCalls);
  if (pthread_mutex_trylock(&guardMutex) == 0) return;
  count(Counter::Contentions);
  reach_point("guard.contended");
  pthread_mutex_lock(&guardMutex);
}

// @claim AGXV2_3!GuardedDriverCalls, AGXV2_3!EncodersAreReleased
GuardHold::~GuardHold() {
  pthread_mutex_unlock(&guardMutex);
}

}  // namespace agx_fix
