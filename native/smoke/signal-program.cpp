// smoke_signal <scenario>: interrupts a trace as the scenario has it and prints one JSON line.
// Exit codes as in smoke.cpp; a scenario whose process is to die by SIGINT does.
#include "mps/profiling.h"
#include "smoke/scenario-program.h"
#include "smoke/signal-handlers.h"
#include "smoke/signal-scenarios.h"

static void addCounts(smoke::ReportLine &report) {
  smoke::addCalls(report);
  report.addNumber("logs", mps::readStatistics().logs);
  report.addNumber("operations", mps::readStatistics().operations);
}

int main(int count, char **arguments) {
  return smoke::runScenarioProgram("smoke_signal", count, arguments, {smoke::signalScenarios}, addCounts);
}
