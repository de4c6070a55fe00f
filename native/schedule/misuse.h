// How the engine ends a program that uses it wrongly.
#pragma once

namespace schedule {

/// Writes `schedule: <what>: <detail>` to standard error and aborts.
[[noreturn]] void reportMisuse(const char *what, const char *detail);

}  // namespace schedule
