// The engine behind schedule.h: one futex word counts the steps taken.
#include "schedule/schedule.h"

#include <linux/futex.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "schedule/clock.h"
#include "schedule/misuse.h"
#include "schedule/steps.h"
#include "schedule/turns.h"

#define SCHEDULE_API __attribute__((visibility("default")))

namespace {

schedule::Steps steps;
const schedule::Alternative *taken[schedule::kMaxSteps];
int current = 0;  // the futex word: index of the step that is due
int ready = 0;    // 1 once a schedule is installed
unsigned limit = 0;
__thread const char *ownRole = nullptr;

using schedule::readMilliseconds;

// Sleeps until the futex word is no longer `seen`, at most a slice: the caller looks at the clock.
void waitForChange(int seen) {
  timespec slice = {0, 50 * 1000000};
  syscall(SYS_futex, &current, FUTEX_WAIT_PRIVATE, seen, &slice, nullptr, 0);
}

void linger(unsigned milliseconds) {
  timespec rest = {milliseconds / 1000, (milliseconds % 1000) * 1000000L};
  while (milliseconds != 0 && nanosleep(&rest, &rest) != 0) continue;
}

void put(const char *text) {
  unsigned length = 0;
  while (text[length] != 0) ++length;
  if (write(STDOUT_FILENO, text, length) < 0) _exit(SCHEDULE_INFEASIBLE);
}

// No clean-up: other threads are parked inside guarded calls and would never finish.
[[noreturn]] void giveUp(const char *point, int due) {
  put("{\"schedule\":\"infeasible\",\"waiting\":\"");
  put(ownRole);
  put(":");
  put(point);
  put("\",\"due\":\"");
  put(steps.steps[due].alternatives[0].name);
  put("\"}\n");
  _exit(SCHEDULE_INFEASIBLE);
}

// Index of the first step from `from` on that lists this thread's point, or the number of steps.
int findStep(int from, const char *point) {
  int index = from;
  while (index < int(steps.count) && !schedule::findAlternative(steps.steps[index], ownRole, point)) ++index;
  return index;
}

bool takeStep(int index, const char *point) {
  int expected = index;
  const schedule::Alternative *mine = schedule::findAlternative(steps.steps[index], ownRole, point);
  if (!__atomic_compare_exchange_n(&current, &expected, index + 1, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
    return false;
  __atomic_store_n(&taken[index], mine, __ATOMIC_RELAXED);
  syscall(SYS_futex, &current, FUTEX_WAKE_PRIVATE, 1 << 30, nullptr, nullptr, 0);
  linger(mine->lingerMilliseconds);
  return true;
}

void expectRole(const schedule::Alternative &step, const char *const *roles, unsigned count) {
  for (unsigned i = 0; i < count; ++i)
    if (schedule::isOfRole(step, roles[i])) return;
  schedule::reportMisuse("no thread plays the role of", step.name);
}

}  // namespace

SCHEDULE_API void schedule_start(const char *text, unsigned limit_milliseconds) {
  const char *wrong = schedule::parseSteps(text, steps);
  if (wrong != nullptr) schedule::reportMisuse(wrong, text);
  limit = limit_milliseconds;
  for (const schedule::Alternative *&step : taken) __atomic_store_n(&step, nullptr, __ATOMIC_RELAXED);
  __atomic_store_n(&current, 0, __ATOMIC_RELAXED);
  __atomic_store_n(&ready, 1, __ATOMIC_RELEASE);
}

SCHEDULE_API void schedule_expect_roles(const char *const *roles, unsigned count) {
  for (unsigned i = 0; i < count; ++i)
    for (unsigned other = 0; other < i; ++other)
      if (schedule::isSame(roles[i], roles[other])) schedule::reportMisuse("two threads play the role", roles[i]);
  for (unsigned i = 0; i < steps.count; ++i)
    for (unsigned k = 0; k < steps.steps[i].count; ++k) expectRole(steps.steps[i].alternatives[k], roles, count);
}

SCHEDULE_API void schedule_role(const char *role) {
  ownRole = role;
  schedule::joinTurns(role);
}

SCHEDULE_API void schedule_point(const char *point) {
  if (schedule::takeTurn(point)) return;
  if (ownRole == nullptr || !__atomic_load_n(&ready, __ATOMIC_RELAXED)) return;
  const long long started = readMilliseconds();
  for (;;) {
    const int due = __atomic_load_n(&current, __ATOMIC_RELAXED);
    const int mine = findStep(due, point);
    if (mine == int(steps.count)) return;
    if (mine == due) {
      if (takeStep(due, point)) return;
      continue;
    }
    if (readMilliseconds() - started > limit) giveUp(point, due);
    waitForChange(due);
  }
}

SCHEDULE_API int schedule_is_complete(void) {
  return __atomic_load_n(&current, __ATOMIC_RELAXED) == int(steps.count);
}

SCHEDULE_API const char *schedule_taken(unsigned index) {
  const schedule::Alternative *step = index < steps.count ? __atomic_load_n(&taken[index], __ATOMIC_RELAXED) : nullptr;
  return step == nullptr ? nullptr : step->name;
}
