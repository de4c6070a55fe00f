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

static void startAndStop(void *, unsigned, unsigned, Draws &draws) {
  switch (draws.below(8)) {
    case 0: case 1: case 2: return mps::startTrace();
    case 3: case 4: return mps::stopTrace();
    case 5: return void(mps::readStatistics());
    case 6: return void(raise(SIGINT));
    default: return mps::dispatchSync(mps::currentStream(), [] {});
  }
}

const StressMix stressMixes[] = {
    {"start-and-stop", kOperations, beginTraceRound, startAndStop, finishTraceRound},
    {nullptr, 0, nullptr, nullptr, nullptr},
};

void addStressReport(ReportLine &report) { report.addNumber("notRestored", notRestored); }

}  // namespace smoke
