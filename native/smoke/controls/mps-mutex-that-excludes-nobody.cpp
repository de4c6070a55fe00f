// A control: a hold on a mutex that holds nothing.
#include "mps/mutex-hold.h"

namespace mps {

MutexHold::MutexHold(pthread_mutex_t *mutex, const char *) : held(mutex) {}
void MutexHold::release() { held = nullptr; }
MutexHold::~MutexHold() { release(); }

}  // namespace mps
