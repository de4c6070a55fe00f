// A mutex and its holder.
#include "driver-sim/driver-lock.h"

#include <pthread.h>

#include "driver-sim/observations.h"

namespace agx_sim {

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static __thread bool isHolder = false;

// @claim AGXRaceFix!LockDiscipline
bool holdsDriverLock() { return isHolder; }

// @claim AGXRaceFix!LockDiscipline
void takeDriverLock() {
  pthread_mutex_lock(&lock);
  isHolder = true;
}

// @claim AGXRaceFix!LockDiscipline
void giveDriverLock() {
  if (!isHolder) {
    note(Seen::LockFaults);
    return;
  }
  isHolder = false;
  pthread_mutex_unlock(&lock);
}

}  // namespace agx_sim
