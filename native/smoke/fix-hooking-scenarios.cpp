// Hooks as other threads and other libraries meet them. A preloaded library stops a thread where it adds a method.
#include <dlfcn.h>
#include <objc/objc.h>
#include <objc/runtime.h>
#include <stdio.h>

#include <thread>

#include "schedule/schedule.h"
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

// Another library exchanges a hooked method with one of its own, under a name of its own, and calls that.
static long observed = 0;

static void observeFence(id encoder, SEL, id fence) {
  ++observed;
  const SEL own = sel_registerName("observedUpdateFence:");
  const IMP method = class_getMethodImplementation(object_getClass(encoder), own);
  reinterpret_cast<void (*)(id, SEL, id)>(reinterpret_cast<void (*)()>(method))(encoder, own, fence);
}

static void exchangeMethods() {
  const Class cls = static_cast<Class>(objc_lookUpClass("AGXSmokeComputeContext"));
  const SEL own = sel_registerName("observedUpdateFence:");
  class_addMethod(cls, own, reinterpret_cast<IMP>(reinterpret_cast<void (*)()>(&observeFence)), "v@:@");
  method_exchangeImplementations(class_getInstanceMethod(cls, sel_registerName("updateFence:")), class_getInstanceMethod(cls, own));
}

static void exchanged(ReportLine &report) {
  const own_driver::Object encoder = own_driver::makeCompute(own_driver::makeBuffer());
  exchangeMethods();
  own_driver::updateFence(encoder);
  report.addNumber("observed", observed);
  report.addNumber("fences", own_driver::fencesOfParent);
  own_driver::forgetImpl(encoder);
  own_driver::updateFence(encoder);
  report.addNumber("fencesWhenSkipped", own_driver::fencesOfParent);
}

// Two classes of one kind share every row, and as nothing is below them the tier too.
static void twoOfAKind(ReportLine &report) {
  own_driver::updateFence(own_driver::makeOther());
  own_driver::updateFence(own_driver::makeThird());
  report.addNumber("fencesOfOther", own_driver::fencesOfOther);
  report.addNumber("fencesOfThird", own_driver::fencesOfThird);
}

// The driver is in deferredEndEncoding, and not yet in destroyImpl, when another thread calls.
static void overlapDeferred(ReportLine &report) {
  static bool isInside = false;
  bool wasInside = false;
  const own_driver::Object buffer = own_driver::makeBuffer();
  const own_driver::Object one = own_driver::makeCompute(buffer), two = own_driver::makeCompute(buffer);
  own_driver::whenCalled = [] {
    isInside = true;
    schedule_point("inside");
    schedule_point("leave");
    isInside = false;
  };
  runActors("one:inside two:start two:arrived|two:guard.contended one:leave+50",
            {{"one", [=] { own_driver::endDeferred(one); }}, {"two", [&] {
                own_driver::updateFence(two);
                wasInside = isInside;
                schedule_point("arrived");
              }}});
  report.addNumber("foundInside", wasInside);
}

// The program holds the lock of stderr while a factory, in another thread, finds that something is missing.
static void sayWhileLocked(ReportLine &report) {
  flockfile(stderr);
  std::thread([] { own_driver::makeAgain(own_driver::makeBuffer(), own_driver::makeWithoutImpl()); }).join();
  funlockfile(stderr);
  report.addText("factory", "returned");
}

const Scenario fixHookingScenarios[] = {
    {"hook-two", hookTwo},
    {"exchanged", exchanged},
    {"two-of-a-kind", twoOfAKind},
    {"overlap-deferred", overlapDeferred},
    {"say-while-locked", sayWhileLocked},
    {nullptr, nullptr},
};

}  // namespace smoke
