// smoke <scenario>: runs one scenario against the simulated driver and prints one JSON line.
// Exit codes: 0 ran, 2 no such scenario, 75 hangs, 78 the schedule cannot happen; or it dies of a signal.
#include "driver-sim/simulator.h"
#include "smoke/fix-statistics.h"
#include "smoke/scenario-program.h"

namespace smoke {

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

static void addCounts(ReportLine &report) {
  addFixStatistics(report);
  addDriverReport(report);
}

}  // namespace smoke

int main(int count, char **arguments) {
  using namespace smoke;
  return runScenarioProgram("smoke", count, arguments,
                            {nullImplScenarios, guardScenarios, staleImplScenarios, lifetimeScenarios, destroyScenarios,
                             encoderMessageScenarios, encoderConflictScenarios, encoderLifetimeScenarios,
                             encoderRaceScenarios},
                            addCounts);
}
