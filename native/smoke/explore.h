// Small programs whose interleavings are explored exhaustively: see explore-search.h.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "smoke/actors.h"

namespace smoke {

/// A fresh setting of a program: its threads, and what must hold when they have ended.
struct Setting {
  std::vector<Actor> actors;
  /// Says what is wrong, or nothing. Runs alone, after every thread has ended.
  std::function<std::string()> judge;
};

struct ExploredProgram {
  const char *name;
  /// Where its threads stop, beside their start; every other point is passed. Points with nothing
  /// between them but each other are one here.
  std::vector<const char *> points;
  /// Makes the setting; called once for each schedule, in a process of its own.
  Setting (*make)();
};

/// The programs of one executable, which its own file of programs defines.
extern const std::vector<ExploredProgram> exploredPrograms;

/// Programs that check the exploration itself: `independent-<m>-<n>`, two threads with m and n steps that
/// share nothing; `opposite-locks`, `sleeper`, `unrepeatable`. Null when `name` is none of them.
const ExploredProgram *findKnownProgram(const std::string &name);

}  // namespace smoke
