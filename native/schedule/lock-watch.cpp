// Stands before pthread_mutex_lock and pthread_mutex_unlock in a program whose threads take turns: a
// thread that would sleep in the kernel stops as "waits for this lock" instead, so that the one who
// chooses knows exactly who can go on. Linked into such programs only; the definitions in the program
// come before libc's, also for libraries that are preloaded. Other kinds of waiting are not known here;
// they end a run as SCHEDULE_STUCK.
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "schedule/turns.h"

namespace {

typedef int (*Operation)(pthread_mutex_t *);

Operation findReal(const char *name) {
  const Operation real = reinterpret_cast<Operation>(dlsym(RTLD_NEXT, name));
  if (real == nullptr) abort();
  return real;
}

// Looked up at the first use, which may come before any constructor.
int callReal(Operation &real, const char *name, pthread_mutex_t *mutex) {
  if (real == nullptr) real = findReal(name);
  return real(mutex);
}

Operation lockOf, tryOf, unlockOf;

int isFree(void *lock) {
  pthread_mutex_t *mutex = static_cast<pthread_mutex_t *>(lock);
  if (callReal(tryOf, "pthread_mutex_trylock", mutex) != 0) return 0;
  callReal(unlockOf, "pthread_mutex_unlock", mutex);
  return 1;
}

}  // namespace

extern "C" __attribute__((visibility("default"))) int pthread_mutex_lock(pthread_mutex_t *mutex) noexcept {
  if (!schedule_takes_turns()) return callReal(lockOf, "pthread_mutex_lock", mutex);
  for (;;) {
    const int result = callReal(tryOf, "pthread_mutex_trylock", mutex);
    if (result != EBUSY) return result;
    schedule_wait_for_lock(mutex, isFree);
  }
}

extern "C" __attribute__((visibility("default"))) int pthread_mutex_unlock(pthread_mutex_t *mutex) noexcept {
  const int result = callReal(unlockOf, "pthread_mutex_unlock", mutex);
  if (schedule_takes_turns()) schedule_note_unlock(mutex);
  return result;
}
