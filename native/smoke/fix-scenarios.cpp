// Drivers and programs as they should not be: unknown classes, results, exits, and the C interface.
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <string>
#include <thread>

#include "smoke/application.h"
#include "smoke/crash-handler.h"
#include "smoke/fix-driver.h"
#include "smoke/fix-statistics.h"
#include "smoke/scenarios.h"

namespace smoke {

// A factory returns an object of a class that no name gives away; then the object loses its impl.
static void oddClass(ReportLine &) {
  const own_driver::Object encoder = own_driver::makeOdd(own_driver::makeBuffer());
  own_driver::useOdd(encoder);
  own_driver::forgetImpl(encoder);
  own_driver::useOdd(encoder);
}

// A method with a result, on an encoder with an impl and without.
static void resultOfSkipped(ReportLine &report) {
  const own_driver::Object encoder = own_driver::makeCompute(own_driver::makeBuffer());
  report.addNumber("result", (long long)own_driver::readDispatchType(encoder));
  own_driver::forgetImpl(encoder);
  report.addNumber("resultWhenSkipped", (long long)own_driver::readDispatchType(encoder));
}

// Three classes of one line, each with a method of its own that calls the one above.
static void threeTiers(ReportLine &report) {
  const own_driver::Object encoder = own_driver::makeGrandchild();
  own_driver::updateFence(encoder);
  report.addNumber("parent", own_driver::fencesOfParent);
  report.addNumber("child", own_driver::fencesOfChild);
  report.addNumber("grandchild", own_driver::fencesOfGrandchild);
  const uint64_t before = readFixStatistics().guarded_calls;
  own_driver::readDispatchType(encoder);
  report.addNumber("guardedWhenInherited", (long long)(readFixStatistics().guarded_calls - before));
  own_driver::forgetImpl(encoder);
  own_driver::updateFence(encoder);
  report.addNumber("grandchildWhenSkipped", own_driver::fencesOfGrandchild);
}

// A class too many of one line: its own method stays as it is, and the three above it keep their hooks.
static void fourTiers(ReportLine &report) {
  const own_driver::Object encoder = own_driver::makeFourth();
  own_driver::makeGrandchild();
  own_driver::makeAgain(own_driver::makeBuffer(), encoder);
  own_driver::updateFence(encoder);
  report.addNumber("fences", own_driver::fencesOfParent + own_driver::fencesOfChild + own_driver::fencesOfGrandchild + own_driver::fencesOfFourth);
  own_driver::forgetImpl(encoder);
  own_driver::updateFence(encoder);
  report.addNumber("parentWhenSkipped", own_driver::fencesOfParent);
}

// A class without the ivar: nothing is known of its objects, and their calls are passed on.
static void withoutImpl(ReportLine &report) {
  const own_driver::Object encoder = own_driver::makeWithoutImpl();
  own_driver::makeAgain(own_driver::makeBuffer(), encoder);
  own_driver::updateFence(encoder);
  report.addNumber("works", own_driver::fencesOfParent);
}

// A class that was in use before the class above it was hooked.
static void earlyClass(ReportLine &report) {
  const own_driver::Object encoder = own_driver::findEarly();
  report.addNumber("result", (long long)own_driver::readDispatchType(encoder));
  own_driver::forgetImpl(encoder);
  report.addNumber("resultWhenSkipped", (long long)own_driver::readDispatchType(encoder));
}

// An object of another class has a method of a hooked name: the hooks are none of its business.
static void bystander(ReportLine &report) { report.addNumber("reached", own_driver::reachBystander()); }

// The program ends inside a guarded call. What runs at exit sends a guarded message, in the thread that holds
// the guard, while another thread waits for it.
static own_driver::Object usedAtExit = nullptr;

static void useAtExit() {
  own_driver::callBack(usedAtExit);
  ReportLine report;
  report.addNumber("active", isFixActive());
  report.addNumber("contentions", (long long)readFixStatistics().contentions);
  report.addNumber("works", own_driver::fencesOfParent);
  report.finish();
}

static void waitAtExit() { own_driver::updateFence(usedAtExit); }

static void exitInside(ReportLine &) {
  usedAtExit = own_driver::makeCompute(own_driver::makeBuffer());
  const own_driver::Object encoder = own_driver::makeCompute(own_driver::makeBuffer());
  atexit(useAtExit);
  own_driver::whenCalled = [] {
    own_driver::whenCalled = nullptr;
    new std::thread(waitAtExit);  // never joined: the process ends around it
    usleep(50 * 1000);
    exit(3);
  };
  own_driver::callBack(encoder);
}

// An encoder that another command buffer returns again; the one that made it goes first.
static void secondBuffer(ReportLine &report) {
  const own_driver::Object first = own_driver::makeBuffer(), second = own_driver::makeBuffer();
  const own_driver::Object encoder = own_driver::makeCompute(first);
  own_driver::makeAgain(second, encoder);
  application::release(encoder);
  application::release(first);
  report.addNumber("goneWithFirst", own_driver::encodersGone);
  application::release(second);
  report.addNumber("goneWithSecond", own_driver::encodersGone);
}

// The program goes to a folder where nothing can be written.
static void moveAway(ReportLine &report) {
  own_driver::makeCompute(own_driver::makeBuffer());
  report.addNumber("moved", chdir("/proc/self") == 0);
}

// The C interface: versions, sizes, and texts that do not fit.
static void cInterface(ReportLine &report) {
  const auto version = reinterpret_cast<uint32_t (*)()>(dlsym(RTLD_DEFAULT, "agx_fix_api_version"));
  const auto read = reinterpret_cast<int (*)(agx_fix_statistics *)>(dlsym(RTLD_DEFAULT, "agx_fix_read_statistics"));
  const auto describe = reinterpret_cast<size_t (*)(char *, size_t)>(dlsym(RTLD_DEFAULT, "agx_fix_describe_hooks"));
  report.addNumber("isThere", version != nullptr && read != nullptr && describe != nullptr);
  if (version == nullptr || read == nullptr || describe == nullptr) return;
  own_driver::callBack(own_driver::makeCompute(own_driver::makeBuffer()));
  agx_fix_statistics part = {};
  part.size = 4;
  report.addNumber("version", version());
  report.addNumber("nullRefused", read(nullptr) == -1);
  report.addNumber("tooSmallRefused", read(&part) == -1 && part.version == 0);
  part.size = offsetof(agx_fix_statistics, contentions);
  part.contentions = 99;
  report.addNumber("partFilled", read(&part) == 0 && part.guarded_calls > 0 && part.contentions == 99);
  report.addNumber("sizeSaid", part.size == offsetof(agx_fix_statistics, contentions));
  const size_t length = describe(nullptr, 0);
  std::string whole(length + 1, '#'), cut(length + 1, '#');
  report.addNumber("sameLength", describe(&whole[0], length + 1) == length && strlen(whole.c_str()) == length);
  report.addNumber("cutOff", describe(&cut[0], 10) == length && strlen(cut.c_str()) == 9 && cut[10] == '#');
}

const Scenario fixScenarios[] = {
    {"odd-class", oddClass},     {"result-of-skipped", resultOfSkipped}, {"three-tiers", threeTiers},
    {"four-tiers", fourTiers},   {"without-impl", withoutImpl},
    {"early-class", earlyClass}, {"bystander", bystander},
    {"exit-inside", exitInside}, {"second-buffer", secondBuffer},        {"c-interface", cInterface},
    {"move-away", moveAway},
    {nullptr, nullptr},
};

}  // namespace smoke
