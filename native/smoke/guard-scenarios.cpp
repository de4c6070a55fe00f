// Two threads in the driver at once. The first waits inside its body; the second either gets in as
// well or finds the guard held, and then the first goes on. Lingering shows a guard that does not block.
#include <string>

#include "schedule/schedule.h"
#include "smoke/actors.h"
#include "smoke/application.h"
#include "smoke/scenarios.h"

namespace smoke {

using namespace application;

static void overlapWork(ReportLine &) {
  const Object one = makeComputeEncoder(makeCommandBuffer());
  const Object two = makeComputeEncoder(makeCommandBuffer());
  runActors("one:work.loaded two:start two:work.loaded|two:guard.contended one:work.use+50",
            {{"one", [=] { dispatchThreads(one); }}, {"two", [=] { setPipelineState(two); }}});
}

// One call of every shape of arguments, one after the other; while each is in its body comes another call.
static void overlapShapes(ReportLine &) {
  const Object compute = makeComputeEncoder(makeCommandBuffer());
  const Object blit = makeBlitEncoder(makeCommandBuffer());
  const Object encoder = makeComputeEncoder(makeCommandBuffer());
  const std::vector<std::function<void()>> calls = {
      [=] { updateFence(compute); },          [=] { setThreadgroupMemory(compute); }, [=] { setBuffer(compute); },
      [=] { dispatchThreadgroups(compute); }, [=] { fillBuffer(blit); },              [=] { copyBuffer(blit); }};
  static const char *const others[] = {"a", "b", "c", "d", "e", "f"};
  std::string schedule;
  std::vector<Actor> actors = {{"user", [&] { for (const auto &call : calls) { call(); schedule_point("next"); } }}};
  for (const std::string other : others)
    schedule += "user:work.loaded " + other + ":start " + other + ":work.loaded|" + other + ":guard.contended user:work.use+50 " + other + ":done user:next ";
  for (const char *other : others) actors.push_back({other, [=] { dispatchThreads(encoder); schedule_point("done"); }});
  runActors(schedule.c_str(), actors);
}

static void overlapEnd(ReportLine &) {
  const Object one = makeComputeEncoder(makeCommandBuffer());
  const Object two = makeComputeEncoder(makeCommandBuffer());
  runActors("one:work.loaded two:start two:end.loaded|two:guard.contended one:work.use+50",
            {{"one", [=] { dispatchThreads(one); }}, {"two", [=] { endEncoding(two); }}});
}

static void overlapDestroy(ReportLine &) {
  const Object one = makeComputeEncoder(makeCommandBuffer());
  const Object two = makeComputeEncoder(makeCommandBuffer());
  runActors("one:work.loaded two:start two:destroy.loaded|two:guard.contended one:work.use+50",
            {{"one", [=] { dispatchThreads(one); }}, {"two", [=] { destroyImpl(two); }}});
}

// Both threads load "no previous encoder", and the buffer keeps only one of the two they make.
static void raceFactories(ReportLine &) {
  const Object buffer = makeCommandBuffer();
  runActors("one:factory.loaded two:start two:factory.created|two:guard.contended one:factory.use+50",
            {{"one", [=] { makeComputeEncoder(buffer); }}, {"two", [=] { makeComputeEncoderWithDispatchType(buffer); }}});
  release(buffer);
}

// The commit has loaded the previous encoder when the factory ends and releases it.
static void raceCommit(ReportLine &) {
  const Object buffer = makeCommandBuffer();
  makeComputeEncoder(buffer);
  runActors("one:commit.loaded two:start two:factory.created|two:guard.contended one:commit.use+50",
            {{"one", [=] { commit(buffer); }}, {"two", [=] { makeComputeEncoder(buffer); }}});
  release(buffer);
}

// Two commits that both load "no previous encoder": no harm done yet, but seen.
static void raceCommits(ReportLine &) {
  const Object buffer = makeCommandBuffer();
  runActors("one:commit.loaded two:start two:commit.loaded|two:guard.contended one:commit.use+50",
            {{"one", [=] { commit(buffer); }}, {"two", [=] { commit(buffer); }}});
  release(buffer);
}

const Scenario guardScenarios[] = {
    {"overlap-work", overlapWork},     {"overlap-end", overlapEnd}, {"overlap-destroy", overlapDestroy},
    {"overlap-shapes", overlapShapes},
    {"race-factories", raceFactories}, {"race-commit", raceCommit}, {"race-commits", raceCommits},
    {nullptr, nullptr},
};

}  // namespace smoke
