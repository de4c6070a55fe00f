// schedule_probe <limit in ms> <schedule> <role>=<point>,<point>… …: threads that do nothing but pass points,
// to try a schedule text. Exit codes: 0 complete, 78 cannot happen; misuse aborts.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <string>
#include <thread>
#include <vector>

#include "schedule/schedule.h"

struct Role {
  std::string name;
  std::vector<std::string> points;
};

static Role readRole(const std::string &text) {
  const size_t equals = text.find('=');
  Role role = {text.substr(0, equals), {}};
  for (size_t from = equals; from != std::string::npos && from + 1 < text.size();) {
    const size_t comma = text.find(',', from + 1);
    role.points.push_back(text.substr(from + 1, comma - from - 1));
    from = comma;
  }
  return role;
}

static void play(const Role &role) {
  schedule_role(role.name.c_str());
  for (const std::string &point : role.points) schedule_point(point.c_str());
}

int main(int count, char **arguments) {
  if (count < 4) return fprintf(stderr, "schedule_probe: expected a limit, a schedule and roles\n"), 2;
  std::vector<Role> roles;
  for (int i = 3; i < count; ++i) roles.push_back(readRole(arguments[i]));
  std::vector<const char *> names;
  for (const Role &role : roles) names.push_back(role.name.c_str());
  schedule_start(arguments[2], unsigned(atoi(arguments[1])));
  schedule_expect_roles(names.data(), unsigned(names.size()));
  std::vector<std::thread> threads;
  for (const Role &role : roles) threads.emplace_back([&role] { play(role); });
  for (std::thread &thread : threads) thread.join();
  std::string taken;
  for (unsigned i = 0; const char *step = schedule_taken(i); ++i) taken += (i == 0 ? "" : " ") + std::string(step);
  printf("{\"schedule\":\"%s\",\"taken\":\"%s\"}\n", schedule_is_complete() ? "complete" : "incomplete", taken.c_str());
  return schedule_is_complete() ? 0 : SCHEDULE_INFEASIBLE;
}
