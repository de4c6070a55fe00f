// destroyImpl on both paths of the freelist; the layout comes from AGX_SIM_LAYOUT.
#include "driver-sim/simulator.h"
#include "smoke/actors.h"
#include "smoke/application.h"
#include "smoke/scenarios.h"

namespace smoke {

using namespace application;

static void destroyWithRoom(ReportLine &) { endEncoding(makeComputeEncoder(makeCommandBuffer())); }

// The encoder gets a fresh impl, because the freelist is filled after it was made.
static void destroyWhenFull(ReportLine &) {
  const Object encoder = makeComputeEncoder(makeCommandBuffer());
  agx_sim_fill_pool();
  endEncoding(encoder);
}

// Two destroyers of one encoder both load its impl; two new encoders then get the same one.
static void destroyTwice(ReportLine &report) {
  const Object encoder = makeComputeEncoder(makeCommandBuffer());
  runActors("one:destroy.loaded two:start two:destroy.loaded|two:guard.contended one:destroy.lock+50",
            {{"one", [=] { destroyImpl(encoder); }}, {"two", [=] { destroyImpl(encoder); }}});
  const Object first = makeComputeEncoder(makeCommandBuffer());
  const Object second = makeComputeEncoder(makeCommandBuffer());
  report.addNumber("sharedImpl", agx_sim_share_impl(first, second));
}

const Scenario destroyScenarios[] = {
    {"destroy-with-room", destroyWithRoom},
    {"destroy-when-full", destroyWhenFull},
    {"destroy-twice", destroyTwice},
    {nullptr, nullptr},
};

}  // namespace smoke
