// Recursive, because the driver sends guarded messages from inside guarded ones: a factory ends the
// previous encoder, and every end comes down to destroyImpl. The recursion is an owner and a depth on a plain
// mutex, which costs less than a recursive one.
#include "fix/guard.h"

#include <pthread.h>

#include "fix/statistics.h"
#include "schedule/point.h"

namespace agx_fix {

static pthread_mutex_t guardMutex = PTHREAD_MUTEX_INITIALIZER;
static const void *guardOwner = nullptr;  // written by the holder only
static unsigned guardDepth = 0;           // used by the holder only

// The address of a thread's own variable names the thread while it lives.
// @claim AGXV2_3!GuardedDriverCalls, AGXV2_3!EncodersAreReleased
static bool isHeldByThisThread() { return __atomic_load_n(&guardOwner, __ATOMIC_RELAXED) == &ownRecord; }

// The point lies before the wait, so that a schedule can name "found the guard held" as an outcome.
// @claim AGXV2_3!GuardedDriverCalls, AGXV2_3!NoCommandBufferRace, AGXV2_3!NoStaleImpl
// @claim AGXRaceFix!NoDanglingUse
static void takeGuard() {
  if (pthread_mutex_trylock(&guardMutex) == 0) return;
  reach_point("guard.contended");
  pthread_mutex_lock(&guardMutex);
  count(Counter::Contentions);
}

// @claim AGXV2_3!GuardedDriverCalls, AGXV2_3!NoCommandBufferRace, AGXV2_3!NoStaleImpl
// @claim AGXRaceFix!NoDanglingUse
GuardHold::GuardHold(id object, Doing doing) {
  beginCall(object, doing);
  if (!isHeldByThisThread()) {
    takeGuard();
    __atomic_store_n(&guardOwner, &ownRecord, __ATOMIC_RELAXED);
  }
  ++guardDepth;
  count(Counter::GuardedCalls);
}

// @claim AGXV2_3!GuardedDriverCalls, AGXV2_3!EncodersAreReleased
GuardHold::~GuardHold() {
  endCall();
  if (--guardDepth > 0) return;
  __atomic_store_n(&guardOwner, nullptr, __ATOMIC_RELAXED);
  pthread_mutex_unlock(&guardMutex);
}

// A child has one thread, the one that forked: it goes on holding what it held.
// @unmodelled no module of this code's specs has a fork; ForkSafety's guard is that of native/mps
void freeGuardInChild() {
  if (isHeldByThisThread()) return;
  guardMutex = PTHREAD_MUTEX_INITIALIZER;
  guardOwner = nullptr;
  guardDepth = 0;
}

}  // namespace agx_fix
