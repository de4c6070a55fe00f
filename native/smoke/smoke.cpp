// smoke <scenario>: runs one scenario against the simulated driver and prints one JSON line.
// Exit codes: 0 ran, 2 no such scenario, 75 hangs, 78 the schedule cannot happen; or it dies of a signal.
#include <stdio.h>
#include <string.h>

#include "driver-sim/simulator.h"
#include "smoke/crash-handler.h"
#include "smoke/fix-statistics.h"
#include "smoke/scenarios.h"

namespace smoke {

static const Scenario *const lists[] = {nullImplScenarios, guardScenarios, staleImplScenarios, lifetimeScenarios,
                                        destroyScenarios, encoderMessageScenarios, encoderConflictScenarios,
                                        encoderLifetimeScenarios, encoderRaceScenarios};

static const Scenario *findScenario(const char *name) {
  for (const Scenario *list : lists)
    for (; list->name != nullptr; ++list)
      if (strcmp(list->name, name) == 0) return list;
  return nullptr;
}

static void addFixStatistics(ReportLine &report) {
  const agx_fix_statistics fix = readFixStatistics();
  report.addNumber("active", isFixActive());
  report.addNumber("skips", fix.skips);
  report.addNumber("retained", fix.retained);
  report.addNumber("released", fix.released);
  report.addNumber("tracked", fix.tracked);
  report.addNumber("untrackedCalls", fix.untracked_calls);
  report.addNumber("untrackedEncoders", fix.untracked_encoders);
  report.addNumber("contentions", fix.contentions);
}

static void addDriverReport(ReportLine &report) {
  agx_sim_report driver;
  agx_sim_read_report(&driver);
  report.addNumber("liveEncoders", driver.live_encoders);
  report.addNumber("pooledImpls", driver.pooled_impls);
  report.addNumber("leakedImpls", driver.live_impls - driver.pooled_impls - driver.owned_impls);
  report.addNumber("works", driver.works);
  report.addNumber("overlaps", driver.overlaps);
  report.addNumber("commandBufferRaces", driver.command_buffer_races);
  report.addNumber("aliases", driver.aliases);
  report.addNumber("raceWindows", driver.race_windows);
  report.addNumber("poolFaults", driver.pool_faults);
  report.addNumber("lockFaults", driver.lock_faults);
}

static int runScenario(const Scenario &scenario) {
  ReportLine report;
  report.addText("scenario", scenario.name);
  scenario.run(report);
  addFixStatistics(report);
  addDriverReport(report);
  return report.finish();
}

}  // namespace smoke

int main(int count, char **arguments) {
  const smoke::Scenario *scenario = count == 2 ? smoke::findScenario(arguments[1]) : nullptr;
  if (scenario == nullptr) {
    fprintf(stderr, "smoke: expected the name of a scenario, see native/smoke/tests.json\n");
    return 2;
  }
  smoke::installCrashHandler();
  return smoke::runScenario(*scenario);
}
