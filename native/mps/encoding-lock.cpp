// The mutex is the process's own; see process-state.h.
#include "mps/encoding-lock.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "mps/process-state.h"

namespace mps {

static bool isSwitchedOff = false;
static pthread_once_t isRead = PTHREAD_ONCE_INIT;

// @unmodelled configuration; the spec has the lock, and a control without it
static bool isOneOf(const char *value, const char *const *words) {
  for (; *words != nullptr; ++words)
    if (strcasecmp(value, *words) == 0) return true;
  return false;
}

// A word that nobody knows leaves the lock where it is.
// @unmodelled configuration; the spec has the lock, and a control without it
static void readSwitch() {
  static const char *const noes[] = {"", "0", "no", "off", "false", nullptr};
  static const char *const yeses[] = {"1", "yes", "on", "true", nullptr};
  const char *value = getenv("MPS_DISABLE_ENCODING_MUTEX");
  if (value == nullptr || isOneOf(value, noes)) return;
  isSwitchedOff = isOneOf(value, yeses);
  if (!isSwitchedOff)
    fprintf(stderr, "mps: MPS_DISABLE_ENCODING_MUTEX=\"%.40s\" is neither yes nor no; taken for no\n", value);
}

// @unmodelled configuration; the spec has the lock, and a control without it
static pthread_mutex_t *findLock() {
  pthread_once(&isRead, readSwitch);
  return isSwitchedOff ? nullptr : &ownState().encodingLock;
}

// @claim TensorLifetime!OneEncodes
EncodingHold::EncodingHold() : hold(findLock(), "encoding.contended") {}

}  // namespace mps
