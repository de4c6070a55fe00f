// A control: starting afresh clears the flag and keeps locks and streams as they were inherited.
#include "mps/process-state.h"

namespace mps {

static ProcessState onlyState = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER,
                                 PTHREAD_MUTEX_INITIALIZER, false, {}, 0};

ProcessState &ownState() { return onlyState; }

void replaceState() {}

}  // namespace mps
