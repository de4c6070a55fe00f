// smoke_fork <scenario>: forks as the scenario has it and prints one JSON line about the child.
// Exit codes as in smoke.cpp; how the child ended is in the line.
#include "smoke/fork-scenarios.h"
#include "smoke/scenario-program.h"

int main(int count, char **arguments) {
  return smoke::runScenarioProgram("smoke_fork", count, arguments, {smoke::forkScenarios}, [](smoke::ReportLine &) {});
}
