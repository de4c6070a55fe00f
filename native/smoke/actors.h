// Threads that play the roles of a schedule.
#pragma once

#include <functional>
#include <vector>

namespace smoke {

struct Actor {
  const char *role;
  std::function<void()> act;
};

/// Installs `schedule`, runs every actor in a thread of its own, and returns when all have ended. Each
/// thread passes the point "start" first. See schedule/schedule.h for the text and the time limit.
void runActors(const char *schedule, const std::vector<Actor> &actors);

}  // namespace smoke
