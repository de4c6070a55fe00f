// Programs whose result is known beforehand: they check the exploration itself.
// `independent-<m>-<n>`, `opposite-locks`, `sleeper`, `misnamed`, `unrepeatable`.
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

#include "schedule/schedule.h"
#include "smoke/explore.h"

namespace smoke {

static std::string findNothing() { return std::string(); }

// The start is the first step; each further point makes one more.
static void walk(int length) {
  for (int i = 1; i < length; ++i) schedule_point("step");
}

// Two threads with m and n steps that share nothing: (m + n)! / (m! n!) schedules.
static ExploredProgram makeIndependent(int m, int n) {
  const auto make = [=] { return Setting{{{"one", [=] { walk(m); }}, {"two", [=] { walk(n); }}}, findNothing}; };
  return ExploredProgram{"independent-" + std::to_string(m) + "-" + std::to_string(n), {"step"}, make};
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

// Lists a point that its threads do not have.
static Setting makeMisnamed() {
  return Setting{{{"one", [] { walk(3); }}, {"two", [] { walk(3); }}}, findNothing};
}

// Shared with the processes of the schedules.
static long *const runs = static_cast<long *>(
    mmap(nullptr, sizeof(long), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));

// The number of steps differs from run to run, which the schedule does not determine.
static Setting makeUnrepeatable() {
  const int length = int(1 + ++*runs % 2);
  return Setting{{{"one", [=] { walk(length); }}, {"two", [] { walk(2); }}}, findNothing};
}

static std::vector<ExploredProgram> listPrograms() {
  std::vector<ExploredProgram> programs = {{"opposite-locks", {"step"}, makeOppositeLocks},
                                           {"sleeper", {"step"}, makeSleeper},
                                           {"misnamed", {"stpe"}, makeMisnamed},
                                           {"unrepeatable", {"step"}, makeUnrepeatable}};
  for (int m = 1; m <= 6; ++m)
    for (int n = 1; n <= 6; ++n) programs.push_back(makeIndependent(m, n));
  return programs;
}

const std::vector<ExploredProgram> exploredPrograms = listPrograms();

}  // namespace smoke
