// Forks while another thread holds a lock that a call of the fix may come to. The child's only thread makes calls;
// a watchdog ends it with the code of smoke programs.
#include <dlfcn.h>
#include <objc/objc.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

#include "schedule/schedule.h"
#include "smoke/actors.h"
#include "smoke/application.h"
#include "smoke/fix-driver.h"
#include "smoke/fix-statistics.h"
#include "smoke/scenarios.h"

// The runtime's own lock.
extern "C" {
struct objc_mutex;
extern objc_mutex *__objc_runtime_mutex;
int objc_mutex_lock(objc_mutex *mutex);
int objc_mutex_unlock(objc_mutex *mutex);
}

namespace smoke {

using own_driver::Object;

static int forkedStatus = -1;
static Object heldBuffer = nullptr;  // of the encoder that the other thread is in a call on

// That thread does not exist in the child: no call is in flight there when its buffer goes.
static bool areCallsForgotten() {
  if (heldBuffer == nullptr) return true;
  application::release(heldBuffer);
  return readFixStatistics().calls_in_flight == 0;
}

// The child calls from its only thread, from one that it makes, and again.
static void forkAndCall(void (*call)()) {
  const pid_t child = fork();
  if (child == 0) {
    own_driver::whenCalled = nullptr;
    alarm(2);
    call();
    std::thread(call).join();
    call();
    _exit(areCallsForgotten() ? 0 : 3);
  }
  waitpid(child, &forkedStatus, 0);
  schedule_point("forked");
}

static void addChild(ReportLine &report) {
  report.addNumber("childExit", WIFEXITED(forkedStatus) ? WEXITSTATUS(forkedStatus) : -1);
}

// Makes an encoder, uses it, and lets its buffer go.
static void callOnce() {
  const Object buffer = own_driver::makeBuffer();
  own_driver::callBack(own_driver::makeCompute(buffer));
  application::release(buffer);
}

static void makeOddOnce() { own_driver::useOdd(own_driver::makeOdd(own_driver::makeBuffer())); }

static void forkWhileHeld(ReportLine &report) {
  heldBuffer = own_driver::makeBuffer();
  const Object encoder = own_driver::makeCompute(heldBuffer);
  own_driver::whenCalled = [] { schedule_point("inside"); schedule_point("leave"); };
  runActors("holder:inside forker:start forker:forked holder:leave",
            {{"holder", [=] { own_driver::callBack(encoder); }}, {"forker", [] { forkAndCall(callOnce); }}});
  addChild(report);
}

// As callOnce; then asks for the list of hooks.
static void callAndDescribe() {
  callOnce();
  const auto describe = reinterpret_cast<size_t (*)(char *, size_t)>(dlsym(RTLD_DEFAULT, "agx_fix_describe_hooks"));
  if (describe != nullptr) describe(nullptr, 0);
}

// What was done once takes no lock of the runtime, and nor does the interface: so it is in a child that finds that
// lock held.
static void forkWhileRuntimeIsLocked(ReportLine &report) {
  callOnce();
  runActors("holder:locked forker:start forker:forked holder:leave", {{"holder", [] {
    objc_mutex_lock(__objc_runtime_mutex);
    schedule_point("locked");
    schedule_point("leave");
    objc_mutex_unlock(__objc_runtime_mutex);
  }}, {"forker", [] { forkAndCall(callAndDescribe); }}});
  addChild(report);
}

// A class is being hooked, by a thread that a preloaded library stops there.
static void forkWhileHooking(ReportLine &report) {
  runActors("holder:hooking forker:start forker:forked holder:hooked",
            {{"holder", [] { makeOddOnce(); }}, {"forker", [] { forkAndCall(makeOddOnce); }}});
  addChild(report);
}

// A thread forks inside a guarded call: in the child it leaves the call, as in the parent, and gives the guard back.
static pid_t forkedInside = -1;

static void forkInside(ReportLine &report) {
  const Object encoder = own_driver::makeCompute(own_driver::makeBuffer());
  own_driver::whenCalled = [] {
    own_driver::whenCalled = nullptr;
    forkedInside = fork();
  };
  own_driver::callBack(encoder);
  if (forkedInside == 0) {
    alarm(2);
    std::thread(callOnce).join();
    callOnce();
    own_driver::forgetImpl(encoder);
    own_driver::readDispatchType(encoder);
    _exit(0);
  }
  waitpid(forkedInside, &forkedStatus, 0);
  addChild(report);
}

const Scenario fixForkScenarios[] = {
    {"fork-while-held", forkWhileHeld},
    {"fork-inside", forkInside},
    {"fork-while-runtime-is-locked", forkWhileRuntimeIsLocked},
    {"fork-while-hooking", forkWhileHooking},
    {nullptr, nullptr},
};

}  // namespace smoke
