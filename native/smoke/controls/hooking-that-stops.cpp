// Preloaded: a thread that adds a method to a class passes two points of the schedule first. The fix does that
// while it hooks a class, with its installation lock held.
#include <dlfcn.h>
#include <objc/objc.h>
#include <objc/runtime.h>

#include "schedule/schedule.h"

__attribute__((visibility("default"))) BOOL class_addMethod(Class cls, SEL selector, IMP method, const char *types) {
  typedef BOOL (*Add)(Class, SEL, IMP, const char *);
  static const Add add = reinterpret_cast<Add>(dlsym(RTLD_NEXT, "class_addMethod"));
  schedule_point("hooking");
  schedule_point("hooked");
  return add(cls, selector, method, types);
}
