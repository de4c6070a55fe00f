// Threads that share two command buffers and their encoders. Every call has returned before a buffer goes,
// as the assumption on callers demands; nothing else is orderly about them.
// Encoders change hands through relaxed words: whatever order between two threads' calls a sanitizer
// sees, it comes from the driver or from the fix.
#include "driver-sim/simulator.h"
#include "smoke/application.h"
#include "smoke/fix-statistics.h"
#include "smoke/stress.h"

namespace smoke {

using namespace application;

static const unsigned kBuffers = 2;

struct DriverRound {
  Object buffers[kBuffers];
  Object compute[kBuffers];
  Object blit[kBuffers];
};

static Object load(Object &slot) { return __atomic_load_n(&slot, __ATOMIC_RELAXED); }
static void store(Object &slot, Object value) { __atomic_store_n(&slot, value, __ATOMIC_RELAXED); }

// The runtime prepares a class under its lock when the first message comes, which would order the calls
// that are to race.
static void prepareClasses() {
  const Object buffer = makeCommandBuffer();
  dispatchThreads(makeComputeEncoder(buffer));
  fillBuffer(makeBlitEncoder(buffer));
  commit(buffer);
  release(buffer);
}

static void *beginDriverRound(unsigned) {
  prepareClasses();
  DriverRound *round = new DriverRound();
  for (Object &buffer : round->buffers) buffer = makeCommandBuffer();
  return round;
}

static void *beginCoalescingRound(unsigned threads) {
  agx_sim_choose_coalescing(1);
  return beginDriverRound(threads);
}

static void finishDriverRound(void *given) {
  DriverRound *round = static_cast<DriverRound *>(given);
  for (const Object buffer : round->buffers) release(buffer);
  delete round;
}

static void work(DriverRound &round, unsigned place) {
  if (const Object encoder = load(round.compute[place])) dispatchThreads(encoder);
  if (const Object encoder = load(round.blit[place])) fillBuffer(encoder);
}

static void makeEncoder(DriverRound &round, unsigned place, bool isCompute) {
  if (isCompute) store(round.compute[place], makeComputeEncoder(round.buffers[place]));
  else store(round.blit[place], makeBlitEncoder(round.buffers[place]));
}

// Makes, uses, commits; never ends. Every thread begins with the same factory: without the fix these calls
// race however they happen to follow each other, and before anything has been freed.
static void useAndReplace(void *given, unsigned, unsigned step, Draws &draws) {
  DriverRound &round = *static_cast<DriverRound *>(given);
  if (step == 0) return makeEncoder(round, 0, true);
  const unsigned place = draws.below(kBuffers);
  const unsigned chosen = draws.below(8);
  if (chosen < 4) work(round, place);
  else if (chosen < 7) makeEncoder(round, place, chosen < 6);
  else commit(round.buffers[place]);
}

// The same, and ends what others use.
static void useAndEnd(void *given, unsigned thread, unsigned step, Draws &draws) {
  DriverRound &round = *static_cast<DriverRound *>(given);
  const bool isCompute = draws.below(2) == 0;
  Object &slot = (isCompute ? round.compute : round.blit)[draws.below(kBuffers)];
  const Object encoder = load(slot);
  if (step == 0 || draws.below(4) != 0 || encoder == nullptr) useAndReplace(given, thread, step, draws);
  else endEncoding(encoder);
}

const StressMix stressMixes[] = {
    {"use-and-replace", 24, beginDriverRound, useAndReplace, finishDriverRound},
    {"use-and-end", 24, beginCoalescingRound, useAndEnd, finishDriverRound},
    {nullptr, 0, nullptr, nullptr, nullptr},
};

void addStressReport(ReportLine &report) {
  const agx_fix_statistics fix = readFixStatistics();
  agx_sim_report driver;
  agx_sim_read_report(&driver);
  report.addNumber("active", isFixActive());
  report.addNumber("contended", fix.contentions > 0);
  report.addNumber("unreleased", fix.retained - fix.released);
  report.addNumber("tracked", fix.tracked);
  report.addNumber("liveEncoders", driver.live_encoders);
  report.addNumber("leakedImpls", driver.live_impls - driver.pooled_impls - driver.owned_impls);
  report.addNumber("works", driver.works);
  report.addNumber("overlaps", driver.overlaps);
  report.addNumber("commandBufferRaces", driver.command_buffer_races);
  report.addNumber("aliases", driver.aliases);
  report.addNumber("poolFaults", driver.pool_faults);
  report.addNumber("lockFaults", driver.lock_faults);
}

}  // namespace smoke
