// Builds the line; see report-line.h.
#include "smoke/report-line.h"

#include <stdio.h>

#include "schedule/schedule.h"

namespace smoke {

void ReportLine::addRaw(const char *key, const std::string &value) {
  if (!body.empty()) body += ",";
  body += "\"" + std::string(key) + "\":" + value;
}

void ReportLine::addNumber(const char *key, long long value) { addRaw(key, std::to_string(value)); }

void ReportLine::addText(const char *key, const std::string &value) { addRaw(key, "\"" + value + "\""); }

static std::string listTakenSteps() {
  std::string list;
  for (unsigned i = 0; const char *step = schedule_taken(i); ++i)
    list += (list.empty() ? "\"" : ",\"") + std::string(step) + "\"";
  return "[" + list + "]";
}

void ReportLine::print() const {
  printf("{%s}\n", body.c_str());
  fflush(stdout);
}

int ReportLine::finish() {
  const bool isComplete = schedule_is_complete();
  addText("schedule", isComplete ? "complete" : "incomplete");
  addRaw("taken", listTakenSteps());
  print();
  return isComplete ? 0 : SCHEDULE_INFEASIBLE;
}

}  // namespace smoke
