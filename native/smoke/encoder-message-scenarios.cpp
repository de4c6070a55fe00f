// Messages to encoders of every class: to an ended one, to a live one, and while another call is in the driver.
#include <string>

#include "driver-sim/simulator.h"
#include "smoke/actors.h"
#include "smoke/application.h"
#include "smoke/encoder-messages.h"
#include "smoke/fix-statistics.h"
#include "smoke/scenarios.h"

namespace smoke {

using namespace application;

// One message while the encoder lives, the same once it has ended.
static void sendAfterEnd(const char *kindName, const char *selector) {
  const EncoderKind &kind = findKind(kindName);
  const Message &message = findMessage(kind, selector);
  const Object encoder = kind.make(makeCommandBuffer());
  message.send(encoder);
  endEncoding(encoder);
  message.send(encoder);
}

static void renderAfterEnd(ReportLine &) { sendAfterEnd("render", "drawPrimitives:"); }
static void parallelAfterEnd(ReportLine &) { sendAfterEnd("parallel-render", "setDepthStoreAction:"); }
static void subRenderAfterEnd(ReportLine &) { sendAfterEnd("sub-render", "setScissorRect:"); }
static void resourceStateAfterEnd(ReportLine &) { sendAfterEnd("resource-state", "updateTextureMapping:"); }
static void accelerationAfterEnd(ReportLine &) { sendAfterEnd("acceleration-structure", "buildAccelerationStructure:"); }
static void inheritedAfterEnd(ReportLine &) { sendAfterEnd("acceleration-structure", "waitForFence:"); }
static void superAfterEnd(ReportLine &) { sendAfterEnd("acceleration-structure", "updateFence:"); }

static void makeSubEncoderAfterEnd(ReportLine &report) {
  const Object parallel = makeParallelRenderEncoder(makeCommandBuffer());
  endEncoding(parallel);
  report.addNumber("made", makeSubEncoder(parallel) != nullptr);
}

// The fences of two classes share their selectors and nothing else.
static void fencesOfTwoClasses(ReportLine &report) {
  const Object blit = makeBlitEncoder(makeCommandBuffer());
  unsigned long field = 0;
  unsigned long digest = 0;
  updateFence(makeComputeEncoder(makeCommandBuffer()));
  agx_sim_read_work(&field, &digest);
  report.addNumber("computeField", (long long)field);
  updateFence(blit);
  agx_sim_read_work(&field, &digest);
  report.addNumber("blitField", (long long)field);
  endEncoding(blit);
  updateFence(blit);
}

// Selectors that did not do what they should, by name.
struct Faults {
  long count = 0;
  std::string first;
  void add(const EncoderKind &kind, const Message &message) {
    if (count++ == 0) first = std::string(kind.name) + " " + message.signature;
  }
  void addTo(ReportLine &report, const char *key) const {
    report.addNumber(key, count);
    if (count > 0) report.addText((std::string(key) + "First").c_str(), first);
  }
};

static bool arrives(const Message &message, Object encoder) {
  const unsigned long sent = message.send(encoder);
  unsigned long field = 0;
  unsigned long digest = 0;
  agx_sim_read_work(&field, &digest);
  return field == message.field && digest == sent;
}

static bool isSkipped(const Message &message, Object encoder) {
  const auto before = readFixStatistics().skips;
  message.send(encoder);
  return readFixStatistics().skips == before + 1;
}

// Every message arrives with its arguments while the encoder lives, and is skipped once it has ended.
static void sendEveryMessage(ReportLine &report) {
  Faults garbled;
  Faults notSkipped;
  for (const EncoderKind &kind : encoderKinds()) {
    const Object encoder = kind.make(makeCommandBuffer());
    for (const Message &message : kind.messages)
      if (!arrives(message, encoder)) garbled.add(kind, message);
    endEncoding(encoder);
    for (const Message &message : kind.messages)
      if (!isSkipped(message, encoder)) notSkipped.add(kind, message);
  }
  garbled.addTo(report, "garbled");
  notSkipped.addTo(report, "notSkipped");
}

static long countOverlaps() {
  agx_sim_report driver;
  agx_sim_read_report(&driver);
  return driver.overlaps;
}

// While the message is in its body another thread calls: it gets in as well, or finds the guard held.
static bool overlaps(const Message &message, Object encoder, Object other) {
  const long before = countOverlaps();
  runActors("one:work.loaded two:start two:work.loaded|two:guard.contended one:work.use",
            {{"one", [&] { message.send(encoder); }}, {"two", [=] { dispatchThreads(other); }}});
  return countOverlaps() > before;
}

static void overlapEveryMessage(ReportLine &report) {
  const Object other = makeComputeEncoder(makeCommandBuffer());
  Faults overlapping;
  long guarded = 0;
  for (const EncoderKind &kind : encoderKinds()) {
    const Object encoder = kind.make(makeCommandBuffer());
    for (const Message &message : kind.messages) {
      if (overlaps(message, encoder, other)) overlapping.add(kind, message);
      else ++guarded;
    }
  }
  overlapping.addTo(report, "overlapping");
  report.addNumber("allGuarded", overlapping.count == 0);
  report.addNumber("noneGuarded", guarded == 0);
}

const Scenario encoderMessageScenarios[] = {
    {"null-impl-render", renderAfterEnd},
    {"null-impl-parallel-render", parallelAfterEnd},
    {"null-impl-sub-render", subRenderAfterEnd},
    {"null-impl-resource-state", resourceStateAfterEnd},
    {"null-impl-acceleration-structure", accelerationAfterEnd},
    {"null-impl-inherited", inheritedAfterEnd},
    {"null-impl-super", superAfterEnd},
    {"null-impl-sub-encoder", makeSubEncoderAfterEnd},
    {"fences-of-two-classes", fencesOfTwoClasses},
    {"every-message", sendEveryMessage},
    {"overlap-every-message", overlapEveryMessage},
    {nullptr, nullptr},
};

}  // namespace smoke
