// A hold on a mutex, for as long as the object lives or until it is released.
#pragma once

#include <pthread.h>

namespace mps {

class MutexHold {
 public:
  /// Takes `mutex`, unless that is null. `contendedPoint` is reached first when somebody else has it, so
  /// that a schedule can name "found it held" as an outcome.
  MutexHold(pthread_mutex_t *mutex, const char *contendedPoint);
  ~MutexHold();
  MutexHold(const MutexHold &) = delete;
  MutexHold &operator=(const MutexHold &) = delete;
  /// Gives the mutex back before the object's end.
  void release();

 private:
  pthread_mutex_t *held;
};

}  // namespace mps
