// A mutex. A point before the wait lets a schedule name "found it held" as an outcome.
#include "mps/interpreter-lock.h"

#include <pthread.h>

#include "schedule/point.h"

namespace mps {

static pthread_mutex_t interpreterMutex = PTHREAD_MUTEX_INITIALIZER;

// @claim TensorLifetime!NoUseAfterFreeCrashes
InterpreterHold::InterpreterHold() : isHeld(true) {
  if (pthread_mutex_trylock(&interpreterMutex) == 0) return;
  reach_point("interpreter.contended");
  pthread_mutex_lock(&interpreterMutex);
}

// @claim TensorLifetime!EveryCallCompletes
void InterpreterHold::release() {
  if (isHeld) pthread_mutex_unlock(&interpreterMutex);
  isHeld = false;
}

// @claim TensorLifetime!EveryCallCompletes
InterpreterHold::~InterpreterHold() { release(); }

// @claim TensorLifetime!EveryTensorIsFreed, TensorLifetime!RefcountConsistent
void collectName(Tensor *tensor) {
  InterpreterHold heldAcrossCollection;
  releaseTensor(tensor);
  reach_point("collected");
}

}  // namespace mps
