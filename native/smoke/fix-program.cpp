// smoke_fix <scenario>: as smoke, for what concerns the fix alone. One JSON line with every counter of the fix.
// Exit codes as of smoke.
#include "driver-sim/simulator.h"
#include "smoke/fix-statistics.h"
#include "smoke/scenario-program.h"

namespace smoke {

static void addStatistics(ReportLine &report) {
  const agx_fix_statistics fix = readFixStatistics();
  report.addNumber("active", isFixActive());
  report.addNumber("state", readFixState());
  report.addNumber("skips", fix.skips);
  report.addNumber("retained", fix.retained);
  report.addNumber("released", fix.released);
  report.addNumber("tracked", fix.tracked);
  report.addNumber("reusedEncoders", fix.reused_encoders);
  report.addNumber("untrackedCalls", fix.untracked_calls);
  report.addNumber("overReleased", fix.over_released);
  report.addNumber("callsInFlight", fix.calls_in_flight);
  report.addNumber("foreignCalls", fix.foreign_calls);
  report.addNumber("callsAfterEnd", fix.calls_after_end);
  report.addNumber("overlappingBufferCalls", fix.overlapping_buffer_calls);
  report.addNumber("uncommittedBuffers", fix.uncommitted_buffers);
  report.addNumber("reinitialisedInDestroy", fix.reinitialised_in_destroy);
  report.addNumber("nullDestroys", fix.null_destroys);
}

static void addDriver(ReportLine &report) {
  agx_sim_report driver;
  agx_sim_read_report(&driver);
  report.addNumber("liveEncoders", driver.live_encoders);
  report.addNumber("commandBufferRaces", driver.command_buffer_races);
}

static void addCounts(ReportLine &report) {
  addStatistics(report);
  addDriver(report);
}

}  // namespace smoke

int main(int count, char **arguments) {
  return smoke::runScenarioProgram("smoke_fix", count, arguments,
                                   {smoke::fixMonitorScenarios, smoke::fixScenarios, smoke::fixForkScenarios,
                                    smoke::fixRecordScenarios, smoke::fixHookingScenarios},
                                   smoke::addCounts);
}
