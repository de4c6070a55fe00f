// The mutex is the process's own; see process-state.h.
#include "mps/encoding-lock.h"

#include <stdlib.h>
#include <string.h>

#include "mps/process-state.h"

namespace mps {

// @unmodelled configuration; the spec has the lock, and a control without it
static bool isSwitchedOff() {
  const char *value = getenv("MPS_DISABLE_ENCODING_MUTEX");
  return value != nullptr && strcmp(value, "") != 0 && strcmp(value, "0") != 0;
}

// @claim TensorLifetime!OneEncodes
EncodingHold::EncodingHold() : hold(isSwitchedOff() ? nullptr : &ownState().encodingLock, "encoding.contended") {}

}  // namespace mps
