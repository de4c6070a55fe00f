// Pairs of calls on the simulated driver that the fix has to keep apart. Objects that both threads use are
// made before they start and let go of after they have ended, as the assumption on callers demands.
#include <string>

#include "driver-sim/simulator.h"
#include "smoke/application.h"
#include "smoke/explore.h"
#include "smoke/fix-statistics.h"

namespace smoke {

using namespace application;

static void addFault(std::string &faults, const char *name, long count) {
  if (count != 0) faults += (faults.empty() ? "" : ", ") + std::string(name) + " " + std::to_string(count);
}

// What the simulator saw that must not happen, and references of the fix that are out of balance.
static std::string judgeDriver() {
  agx_sim_report driver;
  agx_sim_read_report(&driver);
  const agx_fix_statistics fix = readFixStatistics();
  std::string faults;
  addFault(faults, "overlaps", driver.overlaps);
  addFault(faults, "command buffer races", driver.command_buffer_races);
  addFault(faults, "aliases", driver.aliases);
  addFault(faults, "pool faults", driver.pool_faults);
  addFault(faults, "lock faults", driver.lock_faults);
  addFault(faults, "leaked impls", driver.live_impls - driver.pooled_impls - driver.owned_impls);
  addFault(faults, "unbalanced references", long(fix.retained - fix.released - fix.tracked));
  return faults;
}

// With the last buffer gone nothing may be left.
static std::string judgeAfterRelease(std::vector<Object> objects) {
  for (const Object object : objects) release(object);
  agx_sim_report driver;
  agx_sim_read_report(&driver);
  std::string faults = judgeDriver();
  addFault(faults, "live encoders", driver.live_encoders);
  return faults;
}

// The freelist is full, so an impl that is given away is freed.
static Setting useWhile(std::function<void(Object encoder, Object buffer)> other, const char *role) {
  const Object buffer = makeCommandBuffer();
  const Object encoder = makeComputeEncoder(buffer);
  agx_sim_fill_pool();
  return Setting{{{"worker", [=] { dispatchThreads(encoder); }}, {role, [=] { other(encoder, buffer); }}},
                 [=] { return judgeAfterRelease({buffer}); }};
}

static Setting workAndEnd() { return useWhile([](Object encoder, Object) { endEncoding(encoder); }, "ender"); }
static Setting workAndCommit() { return useWhile([](Object, Object buffer) { commit(buffer); }, "committer"); }
static Setting workAndFactory() { return useWhile([](Object, Object buffer) { makeBlitEncoder(buffer); }, "maker"); }

static Setting workAndSecondEnd() {
  agx_sim_choose_coalescing(1);
  const Object buffer = makeCommandBuffer();
  const Object encoder = makeComputeEncoder(buffer);
  endEncoding(encoder);
  agx_sim_fill_pool();
  return Setting{{{"worker", [=] { dispatchThreads(encoder); }}, {"ender", [=] { endEncoding(encoder); }}},
                 [=] { return judgeAfterRelease({buffer}); }};
}

static Setting factoryAndSecondEnd() {
  agx_sim_choose_coalescing(1);
  const Object buffer = makeCommandBuffer();
  const Object encoder = makeComputeEncoder(buffer);
  endEncoding(encoder);
  agx_sim_fill_pool();
  return Setting{{{"maker", [=] { makeComputeEncoder(buffer); }}, {"ender", [=] { endEncoding(encoder); }}},
                 [=] { return judgeAfterRelease({buffer}); }};
}

static Setting endAndEnd() {
  const Object buffer = makeCommandBuffer();
  const Object encoder = makeComputeEncoder(buffer);
  return Setting{{{"one", [=] { endEncoding(encoder); }}, {"two", [=] { endEncoding(encoder); }}},
                 [=] { return judgeAfterRelease({buffer}); }};
}

static Setting factoryAndFactory() {
  const Object buffer = makeCommandBuffer();
  return Setting{{{"one", [=] { makeComputeEncoder(buffer); }}, {"two", [=] { makeBlitEncoder(buffer); }}},
                 [=] { return judgeAfterRelease({buffer}); }};
}

static Setting factoryAndCommit() {
  const Object buffer = makeCommandBuffer();
  makeComputeEncoder(buffer);
  return Setting{{{"maker", [=] { makeBlitEncoder(buffer); }}, {"committer", [=] { commit(buffer); }}},
                 [=] { return judgeAfterRelease({buffer}); }};
}

// The ender holds a reference of its own, without which nobody may call while the buffer goes.
static Setting endAndDealloc() {
  const Object buffer = makeCommandBuffer();
  const Object encoder = makeComputeEncoder(buffer);
  retain(encoder);
  agx_sim_fill_pool();
  return Setting{{{"ender", [=] { endEncoding(encoder); }}, {"closer", [=] { release(buffer); }}},
                 [=] { return judgeAfterRelease({encoder}); }};
}

// Two buffers: one thread's encoder is put into the table while the other's is taken out.
static Setting trackAndUntrack() {
  const Object buffer = makeCommandBuffer();
  const Object other = makeCommandBuffer();
  makeComputeEncoder(other);
  return Setting{{{"maker", [=] { makeComputeEncoder(buffer); }}, {"closer", [=] { release(other); }}},
                 [=] { return judgeAfterRelease({buffer}); }};
}

const std::vector<ExploredProgram> exploredPrograms = {
    {"work-and-end", {"work.loaded", "end.loaded", "destroy.loaded", "destroy.unlocked", "destroy.freed"}, workAndEnd},
    {"work-and-second-end", {"work.loaded", "end.loaded", "destroy.loaded", "destroy.unlocked", "destroy.freed"}, workAndSecondEnd},
    {"work-and-commit", {"work.loaded", "commit.loaded", "destroy.loaded", "destroy.unlocked", "object.freed"}, workAndCommit},
    {"work-and-factory", {"work.loaded", "factory.loaded", "destroy.loaded", "object.freed", "factory.created"}, workAndFactory},
    {"factory-and-second-end", {"factory.loaded", "reinit.loaded", "end.loaded", "destroy.unlocked", "destroy.freed"}, factoryAndSecondEnd},
    {"end-and-end", {"end.loaded", "destroy.loaded", "destroy.unlocked"}, endAndEnd},
    {"factory-and-factory", {"factory.loaded", "factory.created", "table.read"}, factoryAndFactory},
    {"factory-and-commit", {"factory.loaded", "commit.loaded", "destroy.loaded", "object.freed", "factory.created"}, factoryAndCommit},
    {"end-and-dealloc", {"end.loaded", "buffer.dealloc", "untrack.read", "destroy.loaded", "destroy.unlocked"}, endAndDealloc},
    {"track-and-untrack", {"factory.created", "table.read", "untrack.read", "buffer.dealloc"}, trackAndUntrack},
};

}  // namespace smoke
