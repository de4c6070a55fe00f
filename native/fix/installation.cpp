// Looks for the driver's classes among all that are registered.
#include "fix/installation.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "fix/description.h"
#include "fix/hooked-methods.h"
#include "fix/settings.h"
#include "schedule/point.h"

namespace agx_fix {

static pthread_mutex_t installationMutex = PTHREAD_MUTEX_INITIALIZER;

// On the GCC runtime, replacing a method of a class that no message was sent to yet writes into a dispatch
// table that all such classes share. So the class gets a table of its own first. That sends it +initialize,
// hence no lock is held here.
// @unmodelled installation precedes every behaviour of the specs (assumption A-HOOKED)
static void prepareClass(Class cls) {
#if !defined(__APPLE__)
  class_getMethodImplementation(cls, sel_registerName("dealloc"));
#else
  (void)cls;
#endif
}

// A class that was being hooked then is hooked from the start: what it has already is found to be covered.
// @unmodelled no module of this code's specs has a fork
void freeInstallationInChild() { installationMutex = PTHREAD_MUTEX_INITIALIZER; }

// @unmodelled installation precedes every behaviour of the specs (assumption A-HOOKED)
static void hookPreparedClass(Class cls, Kind kind) {
  if (pthread_mutex_trylock(&installationMutex) != 0) {
    reach_point("installation.contended");
    pthread_mutex_lock(&installationMutex);
  }
  hookClass(cls, kind);
  pthread_mutex_unlock(&installationMutex);
}

// @unmodelled installation precedes every behaviour of the specs (assumption A-HOOKED)
static void hookIfDrivers(Class cls) {
  const Kind kind = recogniseKind(cls);
  if (kind == Kind::Count_ || isHookedClass(cls, kind)) return;
  prepareClass(cls);
  hookPreparedClass(cls, kind);
}

// Most libraries that a process loads bring no classes: then nothing is looked through. On the GCC runtime a
// class may be counted before it can be used, so there the number says nothing.
// @unmodelled installation precedes every behaviour of the specs (assumption A-HOOKED)
static bool areClassesNew(int number) {
#if defined(__APPLE__)
  static int lookedThrough = -1;
  return __atomic_exchange_n(&lookedThrough, number, __ATOMIC_RELAXED) != number;
#else
  return number > 0;
#endif
}

// Classes that are registered between the counting and the copying are found the next time.
// @unmodelled installation precedes every behaviour of the specs (assumption A-HOOKED)
static void hookKnownClasses() {
  const int room = objc_getClassList(nullptr, 0);
  if (!areClassesNew(room)) return;
  Class *classes = room <= 0 ? nullptr : static_cast<Class *>(calloc(size_t(room), sizeof(Class)));
  if (classes == nullptr) return;
  const int number = objc_getClassList(classes, room);
  for (int i = 0; i < number && i < room; ++i) hookIfDrivers(classes[i]);
  free(classes);
}

// @unmodelled installation precedes every behaviour of the specs (assumption A-HOOKED)
void installHooks() {
  if (isDisabled()) return;
  const uint64_t before = countHookedMethods();
  hookKnownClasses();
  const uint64_t after = countHookedMethods();
  if (after > before && isVerbose())
    fprintf(stderr, "libagx_fix: %llu methods of %u classes are hooked\n", (unsigned long long)after, countFoundClasses());
}

// @unmodelled installation precedes every behaviour of the specs (assumption A-HOOKED)
bool ensureHooked(Class cls, Kind kind) {
  if (isHookedClass(cls, kind)) return true;
  prepareClass(cls);
  hookPreparedClass(cls, kind);
  return isHookedClass(cls, kind);
}

}  // namespace agx_fix
