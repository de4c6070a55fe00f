// Two threads come to hook a class each. A preloaded library stops a thread where it adds a method.
#include <dlfcn.h>
#include <objc/objc.h>
#include <objc/runtime.h>

#include "smoke/actors.h"
#include "smoke/fix-driver.h"
#include "smoke/scenarios.h"

namespace smoke {

static void doNothing(id, SEL, id) {}

// A class that the fix has not seen: the next library that is loaded has it looked for.
static void buildClass() {
  const Class above = static_cast<Class>(objc_lookUpClass("AGXSmokeComputeContext"));
  const Class cls = objc_allocateClassPair(above, "AGXSmokeBuiltComputeContext", 0);
  const IMP method = reinterpret_cast<IMP>(reinterpret_cast<void (*)()>(&doNothing));
  class_addMethod(cls, sel_registerName("updateFence:"), method, "v@:@");
  objc_registerClassPair(cls);
}

static void hookTwo(ReportLine &) {
  buildClass();
  runActors("maker:hooking loader:start loader:hooking|loader:installation.contended maker:hooked",
            {{"maker", [] { own_driver::makeOdd(own_driver::makeBuffer()); }}, {"loader", [] { dlopen(nullptr, RTLD_NOW); }}});
}

const Scenario fixHookingScenarios[] = {
    {"hook-two", hookTwo},
    {nullptr, nullptr},
};

}  // namespace smoke
