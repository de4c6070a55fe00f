// Preloaded: the mutexes of libagx_fix keep nobody out.
#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

#define SMOKE_API extern "C" __attribute__((visibility("default")))

typedef int (*MutexCall)(pthread_mutex_t *);

static int callUnlessOfFix(const char *name, pthread_mutex_t *mutex) {
  Dl_info owner;
  if (dladdr(mutex, &owner) != 0 && strstr(owner.dli_fname, "libagx_fix") != nullptr) return 0;
  return reinterpret_cast<MutexCall>(dlsym(RTLD_NEXT, name))(mutex);
}

SMOKE_API int pthread_mutex_lock(pthread_mutex_t *mutex) { return callUnlessOfFix("pthread_mutex_lock", mutex); }
SMOKE_API int pthread_mutex_trylock(pthread_mutex_t *mutex) { return callUnlessOfFix("pthread_mutex_trylock", mutex); }
SMOKE_API int pthread_mutex_unlock(pthread_mutex_t *mutex) { return callUnlessOfFix("pthread_mutex_unlock", mutex); }
