// Explores every interleaving of a small program: a depth-first search over the choices of who goes on,
// without stored states; each schedule runs from the beginning in a forked process of its own. Children
// are forked while this process has one thread.
#pragma once

#include <set>

#include "smoke/explore-course.h"

namespace smoke {

enum class Exploration {
  Complete,       // every choice was tried
  Bounded,        // the limit was reached first, a schedule had too many choices, or a thread got stuck
  NotRepeatable,  // the same choices led to other ones: the program depends on more than its schedule
};

struct Found {
  Exploration exploration = Exploration::Complete;
  unsigned long schedules = 0;
  unsigned long crashed = 0;    // the process died, of a signal or a sanitizer's report
  unsigned long violated = 0;   // ended, and the judge found something
  unsigned long deadlocked = 0;
  unsigned long stuck = 0;
  unsigned long contended = 0;  // schedules in which a thread found a lock held
  unsigned longest = 0;         // choices in the longest one
  std::set<std::string> reached;  // points at which a thread stopped in some schedule
  std::string firstBad;         // the first bad schedule, to be replayed
  std::string firstBadShows;    // what is wrong with it
  std::string firstCrash;       // the first schedule whose process died
  std::string firstCrashOutput; // what that process wrote to standard error
};

/// Explores `program` until every choice is tried, or `limit` schedules have run.
Found explore(const ExploredProgram &program, unsigned long limit);

}  // namespace smoke
