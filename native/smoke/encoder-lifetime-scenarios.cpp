// Encoders of every class, of MPSCommandBuffer and of parallel render encoders: who keeps them alive, and what
// lets go of them.
#include "driver-sim/simulator.h"
#include "smoke/application.h"
#include "smoke/scenarios.h"

namespace smoke {

using namespace application;

struct Factory {
  const char *name;
  Object (*make)(Object buffer);
};

static const Factory factories[] = {
    {"compute", makeComputeEncoder},
    {"computeByType", makeComputeEncoderWithDispatchType},
    {"computeByDescriptor", makeComputeEncoderWithDescriptor},
    {"blit", makeBlitEncoder},
    {"blitByDescriptor", makeBlitEncoderWithDescriptor},
    {"render", makeRenderEncoder},
    {"parallelRender", makeParallelRenderEncoder},
    {"resourceState", makeResourceStateEncoder},
    {"resourceStateByDescriptor", makeResourceStateEncoderWithDescriptor},
    {"accelerationStructure", makeAccelerationStructureEncoder},
    {"accelerationStructureByDescriptor", makeAccelerationStructureEncoderWithDescriptor},
};

// One reference is the buffer's; the application has none.
static void countOn(ReportLine &report, Object (*makeBuffer)()) {
  for (const Factory &factory : factories)
    report.addNumber(factory.name, agx_sim_count_references(factory.make(makeBuffer())));
  const Object parallel = makeParallelRenderEncoder(makeBuffer());
  report.addNumber("subRender", agx_sim_count_references(makeSubEncoder(parallel)));
}

static void countEveryKind(ReportLine &report) { countOn(report, makeCommandBuffer); }
static void countEveryKindByMps(ReportLine &report) { countOn(report, makeMpsBuffer); }

// The next factory call takes the buffer's reference away, and the caller goes on with the old encoder.
static void useAfterMpsReplacement(ReportLine &) {
  const Object buffer = makeMpsBuffer();
  const Object encoder = makeComputeEncoder(buffer);
  dispatchThreads(encoder);
  makeBlitEncoder(buffer);
  dispatchThreads(encoder);
  release(buffer);
}

static void useAfterMpsCommit(ReportLine &) {
  const Object buffer = makeMpsBuffer();
  const Object encoder = makeComputeEncoder(buffer);
  endEncoding(encoder);
  commit(buffer);
  dispatchThreads(encoder);
  release(buffer);
}

// An event closes the encoder that is open.
static void useAfterEvent(ReportLine &) {
  const Object buffer = makeCommandBuffer();
  const Object first = makeComputeEncoder(buffer);
  signalEvent(buffer);
  dispatchThreads(first);
  const Object second = makeComputeEncoder(buffer);
  waitForEvent(buffer);
  dispatchThreads(second);
  release(buffer);
}

// The parent's end gives its sub-encoders back.
static void useAfterParentEnd(ReportLine &) {
  const Object buffer = makeCommandBuffer();
  const Object parallel = makeParallelRenderEncoder(buffer);
  const Object sub = makeSubEncoder(parallel);
  endEncoding(parallel);
  endEncoding(sub);
  release(buffer);
}

// Every factory on a buffer of either kind, sub-encoders, and what is left when the buffer has gone.
static void releaseEveryKindOn(Object buffer) {
  for (const Factory &factory : factories) endEncoding(factory.make(buffer));
  const Object parallel = makeParallelRenderEncoder(buffer);
  makeSubEncoder(parallel);
  makeSubEncoder(parallel);
  endEncoding(parallel);
  makeSubEncoder(makeParallelRenderEncoder(buffer));
  commit(buffer);
  release(buffer);
}

static void releaseEveryKind(ReportLine &) { releaseEveryKindOn(makeCommandBuffer()); }
static void releaseEveryKindByMps(ReportLine &) { releaseEveryKindOn(makeMpsBuffer()); }

static long countLiveEncoders() {
  agx_sim_report driver;
  agx_sim_read_report(&driver);
  return driver.live_encoders;
}

// What the committed buffer made goes with it; what the fresh one makes stays.
static void continueAfterCommit(ReportLine &report) {
  const Object buffer = makeMpsBuffer();
  makeComputeEncoder(buffer);
  makeRenderEncoder(buffer);
  commitAndContinue(buffer);
  report.addNumber("afterContinue", countLiveEncoders());
  const Object encoder = makeComputeEncoder(buffer);
  makeBlitEncoder(buffer);
  dispatchThreads(encoder);
  commitAndContinue(buffer);
  release(buffer);
}

// An application that has both buffers: what one makes, the other's dealloc must not take away.
static void wrapAndUnwrap(ReportLine &) {
  const Object inner = makeCommandBuffer();
  const Object outer = wrapCommandBuffer(inner);
  const Object encoder = makeComputeEncoder(outer);
  makeBlitEncoder(inner);
  release(outer);
  dispatchThreads(encoder);
  release(inner);
}

const Scenario encoderLifetimeScenarios[] = {
    {"count-every-kind", countEveryKind},
    {"count-every-kind-mps", countEveryKindByMps},
    {"use-after-replacement-mps", useAfterMpsReplacement},
    {"use-after-commit-mps", useAfterMpsCommit},
    {"use-after-event", useAfterEvent},
    {"use-after-parent-end", useAfterParentEnd},
    {"release-every-kind", releaseEveryKind},
    {"release-every-kind-mps", releaseEveryKindByMps},
    {"continue-after-commit", continueAfterCommit},
    {"wrap-and-unwrap", wrapAndUnwrap},
    {nullptr, nullptr},
};

}  // namespace smoke
