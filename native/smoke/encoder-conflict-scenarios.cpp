// One encoder, two threads: it is ended while a call on it is in the driver. And calls that raise there.
#include "driver-sim/simulator.h"
#include "schedule/schedule.h"
#include "smoke/actors.h"
#include "smoke/application.h"
#include "smoke/encoder-messages.h"
#include "smoke/scenarios.h"

namespace smoke {

using namespace application;

// A message is in its body, with the impl loaded, when another thread ends the encoder. The freelist is full,
// so that the impl is freed.
static void destroyDuring(const EncoderKind &kind) {
  const Object encoder = kind.make(makeCommandBuffer());
  const Message &message = kind.messages.front();
  agx_sim_fill_pool();
  runActors("reader:work.loaded ender:start ender:destroy.freed|ender:guard.contended reader:work.use+50",
            {{"reader", [&] { message.send(encoder); }}, {"ender", [=] { endEncoding(encoder); }}});
}

static void destroyDuringBlit(ReportLine &) { destroyDuring(findKind("blit")); }
static void destroyDuringRender(ReportLine &) { destroyDuring(findKind("render")); }
static void destroyDuringParallel(ReportLine &) { destroyDuring(findKind("parallel-render")); }
static void destroyDuringSubRender(ReportLine &) { destroyDuring(findKind("sub-render")); }
static void destroyDuringResourceState(ReportLine &) { destroyDuring(findKind("resource-state")); }
static void destroyDuringAcceleration(ReportLine &) { destroyDuring(findKind("acceleration-structure")); }

// A call raises in the driver. The guard must be free afterwards, and the encoder still protected.
static void raiseInWork(ReportLine &report) {
  const Object buffer = makeCommandBuffer();
  const Object encoder = makeComputeEncoder(buffer);
  long raised = 0;
  agx_sim_choose_throwing(1);
  const auto expectRaise = [&](auto call) {
    try {
      call();
    } catch (...) {
      ++raised;
    }
  };
  expectRaise([&] { dispatchThreads(encoder); });
  expectRaise([&] { endEncoding(encoder); });
  expectRaise([&] { makeComputeEncoder(buffer); });
  expectRaise([&] { commit(buffer); });
  agx_sim_choose_throwing(0);
  report.addNumber("raised", raised);
  runActors("other:start other:done", {{"other", [=] { dispatchThreads(encoder); schedule_point("done"); }}});
  endEncoding(encoder);
  dispatchThreads(encoder);
}

const Scenario encoderConflictScenarios[] = {
    {"stale-impl-blit", destroyDuringBlit},
    {"stale-impl-render", destroyDuringRender},
    {"stale-impl-parallel-render", destroyDuringParallel},
    {"stale-impl-sub-render", destroyDuringSubRender},
    {"stale-impl-resource-state", destroyDuringResourceState},
    {"stale-impl-acceleration-structure", destroyDuringAcceleration},
    {"raise-in-work", raiseInWork},
    {nullptr, nullptr},
};

}  // namespace smoke
