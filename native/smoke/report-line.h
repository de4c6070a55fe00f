// The one JSON line that a smoke program prints at its end.
#pragma once

#include <string>

namespace smoke {

/// Builds a flat JSON object; keys and strings must need no escaping.
class ReportLine {
 public:
  void addNumber(const char *key, long long value);
  void addText(const char *key, const std::string &value);
  /// Adds "schedule" and "taken", prints the line, and returns the program's exit code: 0, or
  /// SCHEDULE_INFEASIBLE when steps of the schedule were not taken.
  int finish();
  /// Prints the line as it is.
  void print() const;

 private:
  void addRaw(const char *key, const std::string &value);
  std::string body;
};

}  // namespace smoke
