// smoke_built: a driver's encoder class that is made at run time, and a class below it that was in use before the fix
// could see either. A method of the class above is called on an encoder without impl. One JSON line, exit codes as
// of smoke.
//
// On the GCC runtime the class below has a dispatch table of its own where it has methods of its own, in pieces of
// neighbouring selectors. So that the called method lies in such a piece, it is registered between two that the
// class below has. No other class may be in the program: it could register one of the three earlier.
#include <dlfcn.h>
#include <objc/objc.h>
#include <objc/runtime.h>

#include "smoke/crash-handler.h"
#include "smoke/fix-statistics.h"
#include "smoke/report-line.h"

struct BuiltEncoder {
  Class isa;
  unsigned long *impl;
};

static void doNothing(id, SEL) {}
static void doNothingWith(id, SEL, id) {}
static void readImpl(id self, SEL) {
  (void)const_cast<volatile unsigned long *>(reinterpret_cast<BuiltEncoder *>(self)->impl)[5];
}

template <typename Function>
static void addMethod(Class cls, const char *selector, Function *method, const char *types) {
  class_addMethod(cls, sel_registerName(selector), reinterpret_cast<IMP>(reinterpret_cast<void (*)()>(method)), types);
}

static Class buildEncoderClass() {
  const Class cls = objc_allocateClassPair(nullptr, "AGXBuiltComputeContext", 0);
  class_addIvar(cls, "isa", sizeof(Class), 3, "#");
  class_addIvar(cls, "_impl", sizeof(void *), 3, "^v");
  addMethod(object_getClass(reinterpret_cast<id>(cls)), "initialize", &doNothing, "v@:");
  addMethod(cls, "popDebugGroup", &readImpl, "v@:");
  for (const char *selector : {"endEncoding", "destroyImpl", "dealloc"}) addMethod(cls, selector, &doNothing, "v@:");
  objc_registerClassPair(cls);
  return cls;
}

static Class buildClassBelow(Class above) {
  const Class cls = objc_allocateClassPair(above, "BuiltBelow", 0);
  for (const char *selector : {"insertDebugSignpost:", "pushDebugGroup:"}) addMethod(cls, selector, &doNothingWith, "v@:@");
  objc_registerClassPair(cls);
  return cls;
}

static void popDebugGroup(id encoder) {
  const SEL selector = sel_registerName("popDebugGroup");
  const IMP method = class_getMethodImplementation(object_getClass(encoder), selector);
  reinterpret_cast<void (*)(id, SEL)>(reinterpret_cast<void (*)(void)>(method))(encoder, selector);
}

int main() {
  smoke::installCrashHandler();
  for (const char *selector : {"insertDebugSignpost:", "popDebugGroup", "pushDebugGroup:"}) sel_registerName(selector);
  const id encoder = class_createInstance(buildClassBelow(buildEncoderClass()), 0);
  unsigned long impl[8] = {};
  reinterpret_cast<BuiltEncoder *>(encoder)->impl = impl;
  popDebugGroup(encoder);
  if (dlopen(nullptr, RTLD_NOW) == nullptr) return 2;
  smoke::ReportLine report;
  report.addNumber("active", smoke::isFixActive());
  reinterpret_cast<BuiltEncoder *>(encoder)->impl = nullptr;
  popDebugGroup(encoder);
  report.addNumber("skips", (long long)smoke::readFixStatistics().skips);
  return report.finish();
}
