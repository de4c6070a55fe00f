// smoke_fix <scenario>: as smoke, for what concerns the fix alone. One JSON line with every counter of the fix.
// Exit codes as of smoke.
#include <stdio.h>
#include <string.h>

#include "driver-sim/simulator.h"
#include "smoke/crash-handler.h"
#include "smoke/fix-statistics.h"
#include "smoke/scenarios.h"

namespace smoke {

static const Scenario *findScenario(const char *name) {
  for (const Scenario *list : {fixMonitorScenarios, fixScenarios})
    for (; list->name != nullptr; ++list)
      if (strcmp(list->name, name) == 0) return list;
  return nullptr;
}

static void addStatistics(ReportLine &report) {
  const agx_fix_statistics fix = readFixStatistics();
  report.addNumber("active", isFixActive());
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

}  // namespace smoke

int main(int count, char **arguments) {
  const smoke::Scenario *scenario = count == 2 ? smoke::findScenario(arguments[1]) : nullptr;
  if (scenario == nullptr) {
    fprintf(stderr, "smoke_fix: expected the name of a scenario, see native/smoke/tests/fix-*.json\n");
    return 2;
  }
  smoke::installCrashHandler();
  smoke::ReportLine report;
  report.addText("scenario", scenario->name);
  scenario->run(report);
  smoke::addStatistics(report);
  smoke::addDriver(report);
  return report.finish();
}
