// smoke_fork <scenario>: forks as the scenario has it and prints one JSON line about the child.
// Exit codes as in smoke.cpp; how the child ended is in the line.
#include <stdio.h>
#include <string.h>

#include "smoke/crash-handler.h"
#include "smoke/fork-scenarios.h"

namespace smoke {

static const Scenario *findScenario(const char *name) {
  for (const Scenario *scenario = forkScenarios; scenario->name != nullptr; ++scenario)
    if (strcmp(scenario->name, name) == 0) return scenario;
  return nullptr;
}

static int runScenario(const Scenario &scenario) {
  ReportLine report;
  report.addText("scenario", scenario.name);
  scenario.run(report);
  return report.finish();
}

}  // namespace smoke

int main(int count, char **arguments) {
  const smoke::Scenario *scenario = count == 2 ? smoke::findScenario(arguments[1]) : nullptr;
  if (scenario == nullptr) {
    fprintf(stderr, "smoke_fork: expected the name of a scenario, see native/smoke/tests\n");
    return 2;
  }
  smoke::installCrashHandler();
  return smoke::runScenario(*scenario);
}
