// Two threads in one command buffer: factories, commits and events of MPSCommandBuffer, and events of the
// driver's own.
#include <stdio.h>

#include "schedule/schedule.h"
#include "smoke/actors.h"
#include "smoke/application.h"
#include "smoke/scenarios.h"

namespace smoke {

using namespace application;

typedef void Action(Object buffer);
static void make(Object buffer) { makeComputeEncoder(buffer); }

// The first has loaded the previous encoder when the second comes into the same buffer.
static void raceOnBuffer(Object buffer, Action *first, const char *firstPlace, Action *second, const char *secondPlace) {
  char schedule[256];
  makeComputeEncoder(buffer);
  snprintf(schedule, sizeof schedule, "one:%s.loaded two:start two:%s|two:guard.contended one:%s.use+50", firstPlace, secondPlace,
           firstPlace);
  runActors(schedule, {{"one", [=] { first(buffer); }}, {"two", [=] { second(buffer); }}});
  release(buffer);
}

static void raceMpsFactories(ReportLine &) { raceOnBuffer(makeMpsBuffer(), make, "factory", make, "factory.created"); }
static void raceMpsCommit(ReportLine &) { raceOnBuffer(makeMpsBuffer(), commit, "commit", make, "factory.created"); }
static void raceMpsEvent(ReportLine &) { raceOnBuffer(makeMpsBuffer(), signalEvent, "commit", make, "factory.created"); }
static void raceSignal(ReportLine &) { raceOnBuffer(makeCommandBuffer(), signalEvent, "commit", make, "factory.created"); }
static void raceWait(ReportLine &) { raceOnBuffer(makeCommandBuffer(), make, "factory", waitForEvent, "commit.loaded"); }

// A factory has got hold of the wrapped buffer when commitAndContinue lets go of it.
static void raceContinue(ReportLine &) {
  const Object buffer = makeMpsBuffer();
  runActors("one:continue.loaded two:start two:factory.loaded|two:guard.contended one:continue.use+50 one:done two:factory.use",
            {{"one", [=] { commitAndContinue(buffer); schedule_point("done"); }}, {"two", [=] { makeComputeEncoder(buffer); }}});
  release(buffer);
}

const Scenario encoderRaceScenarios[] = {
    {"race-factories-mps", raceMpsFactories},
    {"race-commit-mps", raceMpsCommit},
    {"race-event-mps", raceMpsEvent},
    {"race-signal-event", raceSignal},
    {"race-wait-event", raceWait},
    {"race-continue", raceContinue},
    {nullptr, nullptr},
};

}  // namespace smoke
