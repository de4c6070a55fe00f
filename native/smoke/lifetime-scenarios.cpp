// References: what keeps an encoder alive while callers may send to it, and what lets go of it.
#include "driver-sim/simulator.h"
#include "schedule/schedule.h"
#include "smoke/actors.h"
#include "smoke/application.h"
#include "smoke/scenarios.h"

namespace smoke {

using namespace application;

// One reference is the buffer's; the application has none.
static void countAfterCreation(ReportLine &report) {
  const auto countOf = [](Object (*make)(Object)) { return agx_sim_count_references(make(makeCommandBuffer())); };
  report.addNumber("compute", countOf(makeComputeEncoder));
  report.addNumber("computeByType", countOf(makeComputeEncoderWithDispatchType));
  report.addNumber("computeByDescriptor", countOf(makeComputeEncoderWithDescriptor));
  report.addNumber("blit", countOf(makeBlitEncoder));
  report.addNumber("blitByDescriptor", countOf(makeBlitEncoderWithDescriptor));
}

// The next factory call takes the buffer's reference away, and the caller goes on with the old encoder.
static void useAfterReplacement(ReportLine &) {
  const Object buffer = makeCommandBuffer();
  const Object encoder = makeComputeEncoder(buffer);
  dispatchThreads(encoder);
  makeBlitEncoder(buffer);
  dispatchThreads(encoder);
  release(buffer);
}

// The same later still: ended, replaced, committed. Calls may come until the buffer is deallocated.
static void useAfterCommit(ReportLine &) {
  const Object buffer = makeCommandBuffer();
  const Object encoder = makeComputeEncoder(buffer);
  endEncoding(encoder);
  makeBlitEncoder(buffer);
  commit(buffer);
  setPipelineState(encoder);
  release(buffer);
}

// The replacement happens in another thread, in the middle of a call; then comes another call.
static void deallocDuringCall(ReportLine &) {
  const Object buffer = makeCommandBuffer();
  const Object encoder = makeComputeEncoder(buffer);
  runActors("user:work.loaded maker:start maker:factory.created|maker:guard.contended user:work.use+50 maker:made user:again",
            {{"user", [=] { dispatchThreads(encoder); schedule_point("again"); dispatchThreads(encoder); }},
             {"maker", [=] { makeBlitEncoder(buffer); schedule_point("made"); }}});
  release(buffer);
}

// Three encoders on two buffers: one comes out of its factory twice, one buffer is never committed.
static void releaseEverything(ReportLine &report) {
  agx_sim_choose_coalescing(1);
  const Object buffer = makeCommandBuffer();
  const Object encoder = makeComputeEncoder(buffer);
  endEncoding(encoder);
  report.addNumber("coalesced", makeComputeEncoder(buffer) == encoder);
  report.addNumber("referencesWhenCoalesced", agx_sim_count_references(encoder));
  makeBlitEncoder(buffer);
  commit(buffer);
  release(buffer);
  const Object dropped = makeCommandBuffer();
  makeComputeEncoder(dropped);
  release(dropped);
}

// A factory puts its encoder into the table while another buffer's dealloc takes its own out.
static void raceUntracking(ReportLine &) {
  const Object buffer = makeCommandBuffer();
  const Object other = makeCommandBuffer();
  makeComputeEncoder(other);
  runActors("maker:table.read closer:start closer:buffer.dealloc|closer:guard.contended maker:table.write+50",
            {{"maker", [=] { makeComputeEncoder(buffer); }}, {"closer", [=] { release(other); }}});
  release(buffer);
}

const Scenario lifetimeScenarios[] = {
    {"count-after-creation", countAfterCreation}, {"use-after-replacement", useAfterReplacement},
    {"use-after-commit", useAfterCommit},         {"dealloc-during-call", deallocDuringCall},
    {"release-everything", releaseEverything},    {"race-untracking", raceUntracking},
    {nullptr, nullptr},
};

}  // namespace smoke
