// smoke_signal <scenario>: interrupts a trace as the scenario has it and prints one JSON line.
// Exit codes as in smoke.cpp; a scenario whose process is to die by SIGINT does.
#include <stdio.h>
#include <string.h>

#include "mps/profiling.h"
#include "smoke/crash-handler.h"
#include "smoke/signal-handlers.h"
#include "smoke/signal-scenarios.h"

namespace smoke {

static const Scenario *findScenario(const char *name) {
  for (const Scenario *scenario = signalScenarios; scenario->name != nullptr; ++scenario)
    if (strcmp(scenario->name, name) == 0) return scenario;
  return nullptr;
}

static int runScenario(const Scenario &scenario) {
  ReportLine report;
  report.addText("scenario", scenario.name);
  scenario.run(report);
  addCalls(report);
  report.addNumber("logs", mps::readStatistics().logs);
  report.addNumber("operations", mps::readStatistics().operations);
  return report.finish();
}

}  // namespace smoke

int main(int count, char **arguments) {
  const smoke::Scenario *scenario = count == 2 ? smoke::findScenario(arguments[1]) : nullptr;
  if (scenario == nullptr) {
    fprintf(stderr, "smoke_signal: expected the name of a scenario, see native/smoke/tests\n");
    return 2;
  }
  smoke::installCrashHandler();
  return smoke::runScenario(*scenario);
}
