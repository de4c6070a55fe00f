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
  std::string name;
  /// Where its threads stop, beside their start; every other point is passed. Points with nothing
  /// between them but each other are one here.
  std::vector<const char *> points;
  /// Makes the setting; called once for each schedule, in a process of its own.
  std::function<Setting()> make;
};

/// The programs of one executable, which its own file of programs defines.
extern const std::vector<ExploredProgram> exploredPrograms;

}  // namespace smoke
