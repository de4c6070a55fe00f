// The scenarios of the AGX smoke program. A scenario runs without judging: what it did and what was
// counted goes into the report, and tests.json says what is expected with the fix and without.
#pragma once

#include "smoke/report-line.h"

namespace smoke {

struct Scenario {
  const char *name;
  void (*run)(ReportLine &report);
};

/// Null-terminated lists, one for each file of scenarios.
extern const Scenario nullImplScenarios[];
extern const Scenario guardScenarios[];
extern const Scenario staleImplScenarios[];
extern const Scenario lifetimeScenarios[];
extern const Scenario destroyScenarios[];
extern const Scenario fixScenarios[];
extern const Scenario fixMonitorScenarios[];
extern const Scenario fixForkScenarios[];
extern const Scenario fixRecordScenarios[];
extern const Scenario fixHookingScenarios[];
extern const Scenario encoderMessageScenarios[];
extern const Scenario encoderConflictScenarios[];
extern const Scenario encoderLifetimeScenarios[];
extern const Scenario encoderRaceScenarios[];

}  // namespace smoke
