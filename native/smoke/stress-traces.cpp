// Threads that start and stop traces, dispatch, read the counts and are interrupted, all over one disposition.
#include <signal.h>

#include "mps/profiling.h"
#include "mps/streams.h"
#include "smoke/stress.h"

namespace smoke {

static const unsigned kOperations = 12;
static long notRestored = 0;

static void *beginTraceRound(unsigned) {
  signal(SIGINT, SIG_IGN);
  return nullptr;
}

static void finishTraceRound(void *) {
  mps::stopTrace();
  if (signal(SIGINT, SIG_IGN) != SIG_IGN) ++notRestored;
}

static void actOn(unsigned drawn) {
  switch (drawn) {
    case 0: case 1: case 2: return mps::startTrace();
    case 3: case 4: return mps::stopTrace();
    case 5: return void(mps::readStatistics());
    case 6: return mps::dispatchSync(mps::currentStream(), [] {});
    default: return void(raise(SIGINT));
  }
}

static void startAndStop(void *, unsigned, unsigned, Draws &draws) { actOn(draws.below(8)); }

// For the control: without the lock an interrupt may find our handler put over itself, which calls itself until the
// stack ends, and no sanitizer has seen the race yet.
static void startAndStopUninterrupted(void *, unsigned, unsigned, Draws &draws) { actOn(draws.below(7)); }

const StressMix stressMixes[] = {
    {"start-and-stop", kOperations, beginTraceRound, startAndStop, finishTraceRound},
    {"start-and-stop-uninterrupted", kOperations, beginTraceRound, startAndStopUninterrupted, finishTraceRound},
    {nullptr, 0, nullptr, nullptr, nullptr},
};

void addStressReport(ReportLine &report) { report.addNumber("notRestored", notRestored); }

}  // namespace smoke
