// explore <program> [--limit N]: explores every interleaving and prints one JSON line.
// explore <program> --schedule '<steps>': runs that one here; it dies as the program dies.
// Exit codes: 0 explored or replayed, whatever was found; 2 no such program; 76 not repeatable; 78 the
// schedule cannot happen.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "schedule/schedule.h"
#include "smoke/crash-handler.h"
#include "smoke/explore-search.h"
#include "smoke/fix-statistics.h"
#include "smoke/report-line.h"

#define EXPLORE_NOT_REPEATABLE 76

namespace smoke {

struct Wish {
  const ExploredProgram *program = nullptr;
  const char *schedule = nullptr;
  unsigned long limit = 100000;
};

static const ExploredProgram *findProgram(const char *name) {
  for (const ExploredProgram &program : exploredPrograms)
    if (program.name == name) return &program;
  return nullptr;
}

static bool readWish(int count, char **arguments, Wish &wish) {
  for (int i = 2; i + 1 < count; i += 2) {
    if (strcmp(arguments[i], "--schedule") == 0) wish.schedule = arguments[i + 1];
    else if (strcmp(arguments[i], "--limit") == 0) wish.limit = strtoul(arguments[i + 1], nullptr, 10);
    else return false;
  }
  wish.program = count >= 2 ? findProgram(arguments[1]) : nullptr;
  return wish.program != nullptr && count % 2 == 0 && wish.limit > 0;
}

static const char *nameOf(Exploration exploration) {
  switch (exploration) {
    case Exploration::Complete: return "complete";
    case Exploration::Bounded: return "bounded";
    case Exploration::NotRepeatable: return "not repeatable";
  }
  return "";
}

// A point that no thread stops at splits nothing: its name may be wrong.
static std::string listUnreached(const ExploredProgram &program, const std::set<std::string> &reached) {
  std::string list;
  for (const char *point : program.points)
    if (reached.count(point) == 0) list += (list.empty() ? "" : " ") + std::string(point);
  return list.empty() ? "none" : list;
}

static int exploreAll(const Wish &wish) {
  const Found found = explore(*wish.program, wish.limit);
  ReportLine report;
  report.addText("program", wish.program->name);
  report.addNumber("active", isFixActive());
  report.addText("exploration", nameOf(found.exploration));
  report.addNumber("schedules", found.schedules);
  report.addNumber("bad", found.crashed + found.violated + found.deadlocked + found.stuck);
  report.addNumber("crashed", found.crashed);
  report.addNumber("violated", found.violated);
  report.addNumber("deadlocked", found.deadlocked);
  report.addNumber("stuck", found.stuck);
  report.addNumber("contended", found.contended);
  report.addNumber("longest", found.longest);
  report.addText("unreached", listUnreached(*wish.program, found.reached));
  if (!found.firstBad.empty()) {
    report.addText("firstBad", found.firstBad);
    report.addText("firstBadShows", found.firstBadShows);
  }
  if (!found.firstCrash.empty()) report.addText("firstCrash", found.firstCrash);
  fputs(found.firstCrashOutput.c_str(), stderr);
  report.print();
  return found.exploration == Exploration::NotRepeatable ? EXPLORE_NOT_REPEATABLE : 0;
}

// Threads may be left behind, so it leaves without clean-up.
[[noreturn]] static void replay(const Wish &wish) {
  Course course = {};
  replayCourse(*wish.program, wish.schedule, course);
  ReportLine report;
  report.addText("program", wish.program->name);
  report.addNumber("active", isFixActive());
  report.addText("schedule", course.end == SCHEDULE_STOPPED ? "infeasible" : "complete");
  report.addText("taken", describeCourse(course));
  report.addText("shows", explainCourse(course));
  report.print();
  _exit(course.end == SCHEDULE_STOPPED ? SCHEDULE_INFEASIBLE : 0);
}

static int refuse() {
  fprintf(stderr, "explore: expected a program, and --limit N or --schedule TEXT; programs:");
  for (const ExploredProgram &program : exploredPrograms) fprintf(stderr, " %s", program.name.c_str());
  fprintf(stderr, "\n");
  return 2;
}

}  // namespace smoke

int main(int count, char **arguments) {
  smoke::Wish wish;
  if (!smoke::readWish(count, arguments, wish)) return smoke::refuse();
  if (wish.schedule == nullptr) return smoke::exploreAll(wish);
  smoke::installCrashHandler();
  smoke::replay(wish);
}
