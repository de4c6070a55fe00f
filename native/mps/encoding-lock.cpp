// A mutex. A point before the wait lets a schedule name "found it held" as an outcome.
#include "mps/encoding-lock.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "schedule/point.h"

namespace mps {

static pthread_mutex_t encodingMutex = PTHREAD_MUTEX_INITIALIZER;

// @unmodelled configuration; the spec has the lock, and a control without it
static bool isSwitchedOff() {
  const char *value = getenv("MPS_DISABLE_ENCODING_MUTEX");
  return value != nullptr && strcmp(value, "") != 0 && strcmp(value, "0") != 0;
}

// @claim TensorLifetime!OneEncodes
EncodingHold::EncodingHold() : isHeld(!isSwitchedOff()) {
  if (!isHeld || pthread_mutex_trylock(&encodingMutex) == 0) return;
  reach_point("encoding.contended");
  pthread_mutex_lock(&encodingMutex);
}

// @claim TensorLifetime!EveryCallCompletes
EncodingHold::~EncodingHold() {
  if (isHeld) pthread_mutex_unlock(&encodingMutex);
}

}  // namespace mps
