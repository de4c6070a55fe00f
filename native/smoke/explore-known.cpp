// Programs whose result is known beforehand: they check the exploration itself.
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#include "schedule/schedule.h"
#include "smoke/explore.h"

namespace smoke {

static std::string findNothing() { return std::string(); }

static int steps[2];

// The start is the first step; each further point makes one more.
static void walk(int length) {
  for (int i = 1; i < length; ++i) schedule_point("step");
}

// Two threads with m and n steps that share nothing: (m + n)! / (m! n!) schedules.
static Setting makeIndependent() {
  return Setting{{{"one", [] { walk(steps[0]); }}, {"two", [] { walk(steps[1]); }}}, findNothing};
}

static pthread_mutex_t first = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t second = PTHREAD_MUTEX_INITIALIZER;

static void lockBoth(pthread_mutex_t &outer, pthread_mutex_t &inner) {
  pthread_mutex_lock(&outer);
  schedule_point("step");
  pthread_mutex_lock(&inner);
  pthread_mutex_unlock(&inner);
  pthread_mutex_unlock(&outer);
}

// Both have taken one lock when they want the other: a real deadlock, in four of the six orders.
static Setting makeOppositeLocks() {
  return Setting{{{"one", [] { lockBoth(first, second); }}, {"two", [] { lockBoth(second, first); }}}, findNothing};
}

// A thread that waits for something the engine does not know.
static Setting makeSleeper() {
  return Setting{{{"one", [] { for (;;) pause(); }}}, findNothing};
}

// The number of steps depends on the process, which the schedule does not determine.
static Setting makeUnrepeatable() {
  return Setting{{{"one", [] { walk(1 + int(getpid() % 2)); }}, {"two", [] { walk(2); }}}, findNothing};
}

const ExploredProgram *findKnownProgram(const std::string &name) {
  static const ExploredProgram independent = {"independent", {"step"}, makeIndependent};
  static const ExploredProgram others[] = {{"opposite-locks", {"step"}, makeOppositeLocks},
                                           {"sleeper", {"step"}, makeSleeper},
                                           {"unrepeatable", {"step"}, makeUnrepeatable}};
  for (const ExploredProgram &program : others)
    if (name == program.name) return &program;
  char end = 0;
  if (sscanf(name.c_str(), "independent-%2d-%2d%c", &steps[0], &steps[1], &end) != 2) return nullptr;
  return steps[0] < 1 || steps[1] < 1 ? nullptr : &independent;
}

}  // namespace smoke
