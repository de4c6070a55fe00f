// Threads that play the roles of a schedule; see actors.h.
#include "smoke/actors.h"

#include <thread>

#include "schedule/schedule.h"
#include "smoke/report-line.h"

namespace smoke {

// Long, since it is only ever waited for when a schedule cannot happen, and machines may be busy.
static const unsigned kLimitMilliseconds = 4000;

static void play(const Actor &actor) {
  schedule_role(actor.role);
  schedule_point("start");
  actor.act();
}

// Said beforehand: a program that dies says no more.
static void announce(const char *schedule) {
  if (*schedule == 0) return;
  ReportLine plan;
  plan.addText("planned", schedule);
  plan.print();
}

void runActors(const char *schedule, const std::vector<Actor> &actors) {
  announce(schedule);
  schedule_start(schedule, kLimitMilliseconds);
  std::vector<const char *> roles;
  for (const Actor &actor : actors) roles.push_back(actor.role);
  schedule_expect_roles(roles.data(), unsigned(roles.size()));
  std::vector<std::thread> threads;
  for (const Actor &actor : actors) threads.emplace_back([&actor] { play(actor); });
  for (std::thread &thread : threads) thread.join();
}

}  // namespace smoke
