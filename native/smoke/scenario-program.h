// What the programs of scenarios have in common: find the scenario that is asked for, run it, print one
// JSON line. In a header, so that a control which is one program more needs no library for it.
#pragma once

#include <stdio.h>
#include <string.h>

#include <initializer_list>

#include "smoke/crash-handler.h"
#include "smoke/scenarios.h"

namespace smoke {

/// The exit code of a program called with anything but the name of one scenario.
constexpr int kNoSuchScenario = 2;

/// What main returns. `lists` end in a scenario without a name each; `addCounts` puts what was counted
/// into the line after the scenario's own keys.
inline int runScenarioProgram(const char *program, int count, char **arguments,
                              std::initializer_list<const Scenario *> lists, void (*addCounts)(ReportLine &report)) {
  const Scenario *wanted = nullptr;
  for (const Scenario *scenario : lists)
    for (; count == 2 && scenario->name != nullptr; ++scenario)
      if (strcmp(scenario->name, arguments[1]) == 0) wanted = scenario;
  if (wanted == nullptr) {
    fprintf(stderr, "%s: expected the name of a scenario, see native/smoke/tests\n", program);
    return kNoSuchScenario;
  }
  installCrashHandler();
  ReportLine report;
  report.addText("scenario", wanted->name);
  wanted->run(report);
  addCounts(report);
  return report.finish();
}

}  // namespace smoke
