// References: what keeps an encoder alive while callers may send to it, and what lets go of it.
#include <dlfcn.h>

#include <thread>

#include "driver-sim/simulator.h"
#include "schedule/schedule.h"
#include "smoke/actors.h"
#include "smoke/application.h"
#include "smoke/scenarios.h"

namespace smoke {

using namespace application;

// Does nothing unless libsmoke_no_memory is in the process.
static void forbidMemory(int on) {
  const auto forbid = reinterpret_cast<void (*)(int)>(dlsym(RTLD_DEFAULT, "smoke_forbid_memory"));
  if (forbid != nullptr) forbid(on);
}

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
// That another buffer is deallocated meanwhile must not matter.
static void useAfterReplacement(ReportLine &) {
  const Object buffer = makeCommandBuffer();
  const Object other = makeCommandBuffer();
  const Object encoder = makeComputeEncoder(buffer);
  makeComputeEncoder(other);
  dispatchThreads(encoder);
  makeBlitEncoder(buffer);
  release(other);
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

// The buffer's memory goes to a new buffer before the call that deallocates the old one has returned. The
// new one's encoder is replaced and used as above. A call on an encoder of the old one, with a reference of
// the caller's, is one that the fix does not know any more.
static void useAfterAddressReuse(ReportLine &report) {
  agx_sim_choose_reuse(1);
  const Object buffer = makeCommandBuffer();
  const Object kept = makeComputeEncoder(buffer);
  retain(kept);
  Object next = nullptr;
  Object encoder = nullptr;
  runActors("closer:object.freed maker:start maker:made closer:object.gone",
            {{"closer", [=] { release(buffer); }},
             {"maker", [&] { next = makeCommandBuffer(); encoder = makeComputeEncoder(next); schedule_point("made"); }}});
  report.addNumber("sameAddress", next == buffer);
  agx_sim_choose_reuse(0);
  makeBlitEncoder(next);
  dispatchThreads(encoder);
  setPipelineState(kept);
}

// The fix has no memory to remember the encoder with: then it must not hold a reference either.
static void releaseWithoutMemory(ReportLine &report) {
  makeComputeEncoder(makeCommandBuffer());  // the runtime allocates on the first message to a class
  const Object buffer = makeCommandBuffer();
  Object encoder = nullptr;
  // In a thread of its own, of which the fix has no record yet, nor memory for one.
  std::thread([&] {
    forbidMemory(1);
    encoder = makeComputeEncoder(buffer);
    forbidMemory(0);
  }).join();
  report.addNumber("references", agx_sim_count_references(encoder));
  release(buffer);
}

// Three encoders on two buffers: one comes out of its factory twice, one buffer is never committed. A
// factory that has no encoder to give is nothing to hold a reference on.
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
  agx_sim_choose_refusal(1);
  report.addNumber("refused", makeComputeEncoder(dropped) == nullptr);
  release(dropped);
}

// A factory puts its encoder into the table while another buffer's dealloc takes its own out.
static void raceUntrackingOf(Object (*make)(Object)) {
  const Object buffer = makeCommandBuffer();
  const Object other = makeCommandBuffer();
  makeComputeEncoder(other);
  runActors("maker:table.read closer:start closer:buffer.dealloc|closer:guard.contended maker:table.write+50",
            {{"maker", [=] { make(buffer); }}, {"closer", [=] { release(other); }}});
  release(buffer);
}

// The other way round: an encoder is put in while another buffer's is being taken out.
static void raceTracking(ReportLine &) {
  const Object buffer = makeCommandBuffer();
  const Object other = makeCommandBuffer();
  makeComputeEncoder(other);
  runActors("closer:untrack.read maker:start maker:made|maker:guard.contended closer:untrack.write+50",
            {{"closer", [=] { release(other); }}, {"maker", [=] { makeComputeEncoder(buffer); schedule_point("made"); }}});
  release(buffer);
}

static void raceUntracking(ReportLine &) { raceUntrackingOf(makeComputeEncoder); }
static void raceUntrackingByType(ReportLine &) { raceUntrackingOf(makeComputeEncoderWithDispatchType); }

const Scenario lifetimeScenarios[] = {
    {"count-after-creation", countAfterCreation}, {"use-after-replacement", useAfterReplacement},
    {"use-after-commit", useAfterCommit},         {"dealloc-during-call", deallocDuringCall},
    {"release-everything", releaseEverything},    {"race-untracking", raceUntracking},
    {"race-untracking-by-type", raceUntrackingByType}, {"use-after-address-reuse", useAfterAddressReuse},
    {"release-without-memory", releaseWithoutMemory}, {"race-tracking", raceTracking},
    {nullptr, nullptr},
};

}  // namespace smoke
