// One thread has loaded `_impl` and is about to use it; another destroys it. The freelist is full, so
// the impl is freed and AddressSanitizer sees the use. With the fix the destroyer finds the guard held.
#include "driver-sim/simulator.h"
#include "schedule/schedule.h"
#include "smoke/actors.h"
#include "smoke/application.h"
#include "smoke/scenarios.h"

namespace smoke {

using namespace application;

static void staleInWork(ReportLine &) {
  const Object encoder = makeComputeEncoder(makeCommandBuffer());
  agx_sim_fill_pool();
  runActors("reader:work.loaded ender:start ender:destroy.freed|ender:guard.contended reader:work.use+50",
            {{"reader", [=] { dispatchThreads(encoder); }}, {"ender", [=] { endEncoding(encoder); }}});
}

// The second end comes through the buffer: its factory ends the previous encoder.
static void staleInEnd(ReportLine &) {
  const Object buffer = makeCommandBuffer();
  const Object encoder = makeComputeEncoder(buffer);
  retain(encoder);
  agx_sim_fill_pool();
  runActors("ender:end.loaded maker:start maker:destroy.freed|maker:guard.contended ender:end.use+50",
            {{"ender", [=] { endEncoding(encoder); }}, {"maker", [=] { makeBlitEncoder(buffer); }}});
  release(encoder);
}

// Two ends of one encoder: the second begins while the first is in its body, and finds no impl after it.
static void staleInSecondEnd(ReportLine &) {
  const Object encoder = makeComputeEncoder(makeCommandBuffer());
  agx_sim_fill_pool();
  runActors("one:end.loaded two:start two:end.loaded|two:guard.contended one:end.use+50 one:ended two:end.use",
            {{"one", [=] { endEncoding(encoder); schedule_point("ended"); }}, {"two", [=] { endEncoding(encoder); schedule_point("end.use"); }}});
}

// The factory returns the previous encoder again while a second end destroys its impl.
static void staleInFactory(ReportLine &) {
  agx_sim_choose_coalescing(1);
  const Object buffer = makeCommandBuffer();
  const Object encoder = makeComputeEncoder(buffer);
  endEncoding(encoder);
  agx_sim_fill_pool();
  runActors("maker:reinit.loaded ender:start ender:destroy.freed|ender:guard.contended maker:reinit.use+50",
            {{"maker", [=] { makeComputeEncoder(buffer); }}, {"ender", [=] { endEncoding(encoder); }}});
}

// The buffer's dealloc destroys the encoder it holds while the reader, which has a reference of its
// own, works on it. The dealloc has passed the fix's untracking when the reader begins.
static void staleInDealloc(ReportLine &) {
  const Object buffer = makeCommandBuffer();
  const Object encoder = makeComputeEncoder(buffer);
  retain(encoder);
  agx_sim_fill_pool();
  runActors("closer:buffer.dealloc reader:start reader:work.loaded "
            "closer:buffer.close closer:destroy.freed|closer:guard.contended reader:work.use+50",
            {{"closer", [=] { release(buffer); }}, {"reader", [=] { dispatchThreads(encoder); }}});
  release(encoder);
}

// The freelist has room: the impl is handed to a second encoder inside the window between the unlock
// and the NULL store, and the reader works on what is the other encoder's by now.
static void aliasAfterReuse(ReportLine &report) {
  const Object buffer = makeCommandBuffer();
  const Object other = makeCommandBuffer();
  const Object encoder = makeComputeEncoder(buffer);
  int shared = 0;
  runActors("destroyer:destroy.unlocked maker:start maker:made|maker:guard.contended "
            "reader:start reader:work.done|reader:guard.contended destroyer:destroy.resume+50",
            {{"destroyer", [=] { deferredEndEncoding(encoder); }},
             {"maker", [=, &shared] { shared = agx_sim_share_impl(encoder, makeComputeEncoder(other)); schedule_point("made"); }},
             {"reader", [=] { dispatchThreads(encoder); }}});
  report.addNumber("sharedImpl", shared);
}

const Scenario staleImplScenarios[] = {
    {"stale-impl-work", staleInWork},       {"stale-impl-end", staleInEnd},
    {"stale-impl-second-end", staleInSecondEnd},
    {"stale-impl-factory", staleInFactory}, {"stale-impl-dealloc", staleInDealloc},
    {"alias-after-reuse", aliasAfterReuse}, {nullptr, nullptr},
};

}  // namespace smoke
