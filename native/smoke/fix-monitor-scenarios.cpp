// What callers must not do, done: each monitor of an assumption counts it, and nothing else happens.
#include <unistd.h>

#include "driver-sim/simulator.h"
#include "schedule/schedule.h"
#include "smoke/actors.h"
#include "smoke/application.h"
#include "smoke/fix-statistics.h"
#include "smoke/scenarios.h"

namespace smoke {

using namespace application;

// A-OWNED: another thread uses the encoder; its maker uses it once more after the end.
static void otherThread(ReportLine &) {
  const Object encoder = makeComputeEncoder(makeCommandBuffer());
  dispatchThreads(encoder);
  runActors("other:start other:done", {{"other", [=] { dispatchThreads(encoder); schedule_point("done"); }}});
  endEncoding(encoder);
  dispatchThreads(encoder);
}

// A-LIVE: the command buffer is deallocated in the middle of a call on its encoder.
static void deallocDuringWork(ReportLine &) {
  const Object buffer = makeCommandBuffer();
  const Object encoder = makeComputeEncoder(buffer);
  agx_sim_fill_pool();
  runActors("user:work.loaded closer:start closer:destroy.freed|closer:guard.contended user:work.use+50",
            {{"user", [=] { dispatchThreads(encoder); }}, {"closer", [=] { release(buffer); }}});
}

// A-LIVE: somebody gives back a reference that is the fix's, and the encoder goes.
static void overRelease(ReportLine &) {
  const Object buffer = makeCommandBuffer();
  const Object encoder = makeComputeEncoder(buffer);
  makeBlitEncoder(buffer);
  release(encoder);
  release(buffer);
}

// A-LIVE: the same while another thread's encoder is being put into the table beside it.
static void overReleaseBeside(ReportLine &) {
  const Object buffer = makeCommandBuffer(), other = makeCommandBuffer();
  const Object encoder = makeComputeEncoder(buffer);
  commit(buffer);
  runActors("tracker:table.read closer:start closer:untrack.write|closer:guard.contended tracker:table.write+50",
            {{"tracker", [=] { makeComputeEncoder(other); }}, {"closer", [=] { release(encoder); }}});
  release(other);
  release(buffer);
}

// A-SERIAL: two factories of one buffer overlap, and a commit overlaps with a third.
static void overlapOnBuffer(ReportLine &) {
  const Object buffer = makeCommandBuffer();
  runActors("one:factory.loaded two:start two:factory.created|two:guard.contended one:factory.use+50 "
            "one:made two:next two:commit.loaded three:start three:factory.created|three:guard.contended two:commit.use+50",
            {{"one", [=] { makeComputeEncoder(buffer); schedule_point("made"); }},
             {"two", [=] { makeComputeEncoder(buffer); schedule_point("next"); commit(buffer); }},
             {"three", [=] { makeComputeEncoder(buffer); }}});
  release(buffer);
}

// A-COMMIT: of two command buffers with an encoder one is committed before it goes.
static void dropUncommitted(ReportLine &) {
  const Object buffer = makeCommandBuffer();
  const Object dropped = makeCommandBuffer();
  makeComputeEncoder(buffer);
  makeComputeEncoder(dropped);
  commit(buffer);
  release(buffer);
  release(dropped);
}

// A-NOREINIT: the factory returns an encoder again while another thread is on its way into destroyImpl.
static void reinitDuringDestroy(ReportLine &) {
  agx_sim_choose_coalescing(1);
  const Object buffer = makeCommandBuffer();
  const Object encoder = makeComputeEncoder(buffer);
  endEncoding(encoder);
  agx_sim_fill_pool();
  runActors("maker:reinit.loaded ender:start ender:destroy.freed|ender:guard.contended maker:reinit.use+50",
            {{"maker", [=] { makeComputeEncoder(buffer); }}, {"ender", [=] { deferredEndEncoding(encoder); }}});
}

// A-NULLDESTROY: the driver's own dealloc sends destroyImpl to an encoder that has ended.
static void destroyTwice(ReportLine &) {
  const Object buffer = makeCommandBuffer();
  endEncoding(makeComputeEncoder(buffer));
  release(buffer);
}

// A-STOP: an encoder that stays, and its age.
static void keepEncoder(ReportLine &report) {
  const Object buffer = makeCommandBuffer();
  makeComputeEncoder(buffer);
  usleep(60 * 1000);
  report.addNumber("isOld", readFixStatistics().oldest_tracked_ms >= 50);
  release(buffer);
  report.addNumber("ageWhenGone", readFixStatistics().oldest_tracked_ms);
}

const Scenario fixMonitorScenarios[] = {
    {"other-thread", otherThread},       {"dealloc-during-work", deallocDuringWork}, {"over-release", overRelease},
    {"over-release-beside", overReleaseBeside},
    {"overlap-on-buffer", overlapOnBuffer}, {"drop-uncommitted", dropUncommitted},
    {"reinit-during-destroy", reinitDuringDestroy}, {"destroy-twice", destroyTwice}, {"keep-encoder", keepEncoder},
    {nullptr, nullptr},
};

}  // namespace smoke
