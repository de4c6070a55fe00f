// The records of calls in flight at their limits: calls nested deeper than is recorded, more calls than are listed,
// and a program that breaks no assumption.
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <thread>
#include <vector>

#include "driver-sim/simulator.h"
#include "smoke/application.h"
#include "smoke/fix-driver.h"
#include "smoke/fix-statistics.h"
#include "smoke/scenarios.h"

namespace smoke {

using own_driver::Object;

static Object nestedBuffer = nullptr, nestedEncoder = nullptr;
static unsigned nestedCalls = 0;
static void (*whenInnermost)() = nullptr;

// Calls from inside the driver's body, each inside the one before.
static void nestFurther() {
  if (++nestedCalls < 20) own_driver::callBack(nestedEncoder);
  else whenInnermost();
}

static void nest(void (*innermost)()) {
  nestedBuffer = own_driver::makeBuffer();
  nestedEncoder = own_driver::makeCompute(nestedBuffer);
  whenInnermost = innermost;
  own_driver::whenCalled = nestFurther;
  own_driver::callBack(nestedEncoder);
}

// The innermost call finds the impl gone. That a buffer goes whose encoder no call is on concerns none of them.
static void nestDeep(ReportLine &report) {
  nest([] {
    const Object other = own_driver::makeBuffer();
    own_driver::makeCompute(other);
    application::release(other);
    own_driver::forgetImpl(nestedEncoder);
    own_driver::readDispatchType(nestedEncoder);
  });
  report.addNumber("nested", nestedCalls);
}

static const unsigned kCrowd = 60;
static long crowd[kCrowd];

// Whether a thread waits, or has ended: what it does between saying its number and waiting takes no sleep.
static bool isAtRest(long thread) {
  char path[64], state = 0;
  snprintf(path, sizeof path, "/proc/self/task/%ld/stat", thread);
  FILE *file = fopen(path, "r");
  if (file == nullptr) return true;
  const int read = fscanf(file, "%*d (%*[^)]) %c", &state);
  fclose(file);
  return read == 1 && state == 'S';
}

static void joinCrowd(unsigned place) {
  __atomic_store_n(&crowd[place], syscall(SYS_gettid), __ATOMIC_RELEASE);
  own_driver::updateFence(nestedEncoder);
}

static long inDriver = 0;
static std::vector<std::thread> threads;

// More calls are under way on the buffer's encoder than a dealloc looks at: some nested, most of them waiting.
static void deallocInACrowd(ReportLine &report) {
  nest([] {
    for (unsigned i = 0; i < kCrowd; ++i) threads.emplace_back(joinCrowd, i);
    for (unsigned i = 0; i < kCrowd; ++i)
      while (__atomic_load_n(&crowd[i], __ATOMIC_ACQUIRE) == 0 || !isAtRest(crowd[i])) usleep(1000);
    inDriver = own_driver::fencesOfParent;
    application::release(nestedBuffer);
  });
  for (std::thread &thread : threads) thread.join();
  report.addNumber("inDriver", inDriver);
}

// Makes, uses, ends, commits and lets go, one after the other, in a thread and in another.
static void liveOrderly() {
  using namespace application;
  for (int i = 0; i < 3; ++i) {
    const Object buffer = makeCommandBuffer();
    const Object encoder = makeComputeEncoder(buffer);
    dispatchThreads(encoder);
    endEncoding(encoder);
    commit(buffer);
    retain(encoder);
    agx_sim_choose_reuse(1);  // the next buffer has the address of this one
    release(buffer);
    agx_sim_choose_reuse(0);
    release(encoder);
  }
}

// A thread ends an encoder; another gets it from the factory once more, and is its maker from then on.
static void liveWithReuse() {
  using namespace application;
  agx_sim_choose_coalescing(1);
  const Object buffer = makeCommandBuffer();
  endEncoding(makeComputeEncoder(buffer));
  std::thread([buffer] {
    const Object again = makeComputeEncoder(buffer);
    dispatchThreads(again);
    endEncoding(again);
  }).join();
  commit(buffer);
  release(buffer);
}

static void breakNothing(ReportLine &) {
  liveOrderly();
  std::thread(liveOrderly).join();
  liveWithReuse();
}

// More encoders at once than the table has room for at first, on buffers that go in another order.
static void trackMany(ReportLine &) {
  using namespace application;
  const Object buffers[] = {makeCommandBuffer(), makeCommandBuffer(), makeCommandBuffer()};
  std::vector<Object> encoders;
  for (int i = 0; i < 1500; ++i) encoders.push_back(makeComputeEncoder(buffers[i % 3]));
  for (const Object encoder : encoders) dispatchThreads(encoder);
  for (const int place : {1, 0, 2}) {
    commit(buffers[place]);
    release(buffers[place]);
  }
}

const Scenario fixRecordScenarios[] = {
    {"nest-deep", nestDeep},
    {"dealloc-in-a-crowd", deallocInACrowd},
    {"break-nothing", breakNothing},
    {"track-many", trackMany},
    {nullptr, nullptr},
};

}  // namespace smoke
