// A message to an encoder whose `_impl` is NULL: the encoder was ended, the caller goes on.
#include "smoke/application.h"
#include "smoke/scenarios.h"

namespace smoke {

using namespace application;

static Object makeEndedComputeEncoder() {
  const Object encoder = makeComputeEncoder(makeCommandBuffer());
  dispatchThreads(encoder);
  endEncoding(encoder);
  return encoder;
}

static Object makeEndedBlitEncoder() {
  const Object encoder = makeBlitEncoder(makeCommandBuffer());
  fillBuffer(encoder);
  endEncoding(encoder);
  return encoder;
}

static void dispatchAfterEnd(ReportLine &) { dispatchThreads(makeEndedComputeEncoder()); }
static void dispatchGroupsAfterEnd(ReportLine &) { dispatchThreadgroups(makeEndedComputeEncoder()); }
static void setPipelineAfterEnd(ReportLine &) { setPipelineState(makeEndedComputeEncoder()); }
static void setBufferAfterEnd(ReportLine &) { setBuffer(makeEndedComputeEncoder()); }
static void setBytesAfterEnd(ReportLine &) { setBytes(makeEndedComputeEncoder()); }
static void setMemoryAfterEnd(ReportLine &) { setThreadgroupMemory(makeEndedComputeEncoder()); }
static void updateFenceAfterEnd(ReportLine &) { updateFence(makeEndedComputeEncoder()); }
static void waitForFenceAfterEnd(ReportLine &) { waitForFence(makeEndedBlitEncoder()); }
static void endTwice(ReportLine &) { endEncoding(makeEndedComputeEncoder()); }
static void fillAfterEnd(ReportLine &) { fillBuffer(makeEndedBlitEncoder()); }
static void copyAfterEnd(ReportLine &) { copyBuffer(makeEndedBlitEncoder()); }

const Scenario nullImplScenarios[] = {
    {"null-impl-dispatch", dispatchAfterEnd},
    {"null-impl-dispatch-groups", dispatchGroupsAfterEnd},
    {"null-impl-pipeline", setPipelineAfterEnd},
    {"null-impl-buffer", setBufferAfterEnd},
    {"null-impl-bytes", setBytesAfterEnd},
    {"null-impl-memory", setMemoryAfterEnd},
    {"null-impl-update-fence", updateFenceAfterEnd},
    {"null-impl-wait-for-fence", waitForFenceAfterEnd},
    {"null-impl-end", endTwice},
    {"null-impl-fill", fillAfterEnd},
    {"null-impl-copy", copyAfterEnd},
    {nullptr, nullptr},
};

}  // namespace smoke
