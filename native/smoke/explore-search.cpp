// The search keeps, for every choice on the current path, who was ready and who has not been tried.
#include "smoke/explore-search.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "smoke/crash-handler.h"

namespace smoke {

struct Branch {
  unsigned ready;
  unsigned chosen;
  unsigned untried;  // a bit for each thread
};

static void refuse(const char *what) {
  perror(what);
  exit(71);
}

static Course *shareCourse() {
  void *memory = mmap(nullptr, sizeof(Course), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) refuse("mmap");
  return static_cast<Course *>(memory);
}

static void plan(const std::vector<Branch> &path, Course &course) {
  memset(&course, 0, sizeof course);
  course.planned = unsigned(path.size());
  for (unsigned i = 0; i < path.size(); ++i) course.choices[i].chosen = path[i].chosen;
}

// What the child writes to standard error goes to `output`, whose earlier content is dropped.
static int runChild(const ExploredProgram &program, Course &course, int output) {
  if (ftruncate(output, 0) != 0 || lseek(output, 0, SEEK_SET) != 0) refuse("memfd");
  const pid_t child = fork();
  if (child < 0) refuse("fork");
  if (child == 0) {
    dup2(output, STDERR_FILENO);
    installCrashHandler();
    runCourse(program, course);
    _exit(0);
  }
  int status = 0;
  if (waitpid(child, &status, 0) != child) refuse("waitpid");
  return status;
}

static std::string readOutput(int output) {
  std::string text(16384, 0);
  const ssize_t length = pread(output, &text[0], text.size(), 0);
  text.resize(length < 0 ? 0 : size_t(length));
  return text;
}

static std::string nameSignal(int signal) {
  switch (signal) {
    case SIGSEGV: return "SIGSEGV";
    case SIGBUS: return "SIGBUS";
    case SIGABRT: return "SIGABRT";
    default: return "signal " + std::to_string(signal);
  }
}

// `SIGSEGV at 0x5f4`, or the exit code that a sanitizer or the watchdog chose.
static std::string describeDeath(int status, const std::string &output) {
  static const std::string key = "\"faultAddress\":\"";
  if (!WIFSIGNALED(status)) return "exit " + std::to_string(WEXITSTATUS(status));
  const size_t start = output.find(key);
  if (start == std::string::npos) return nameSignal(WTERMSIG(status));
  const size_t from = start + key.size();
  return nameSignal(WTERMSIG(status)) + " at " + output.substr(from, output.find('"', from) - from);
}

static void noteCrash(Found &found, const Course &course, int output) {
  ++found.crashed;
  if (!found.firstCrash.empty()) return;
  found.firstCrash = describeCourse(course);
  found.firstCrashOutput = readOutput(output);
}

static void noteEnd(Found &found, const Course &course, int status, int output) {
  ++found.schedules;
  found.contended += course.hasContended;
  if (course.count > found.longest) found.longest = course.count;
  for (unsigned i = 0; i < course.count; ++i) found.reached.insert(strchr(course.choices[i].step, ':') + 1);
  const bool hasDied = course.end == SCHEDULE_NOT_ENDED || (course.end == SCHEDULE_FINISHED && status != 0);
  if (hasDied) noteCrash(found, course, output);
  else if (course.end == SCHEDULE_DEADLOCK) ++found.deadlocked;
  else if (course.end == SCHEDULE_STUCK) ++found.stuck;
  else if (course.end == SCHEDULE_FINISHED && course.fault[0] != 0) ++found.violated;
  const std::string shows = hasDied ? describeDeath(status, readOutput(output)) : explainCourse(course);
  if (shows.empty() || !found.firstBad.empty() || course.isTooLong) return;
  found.firstBad = describeCourse(course);
  found.firstBadShows = shows;
}

// Appends the choices the run made by itself; false when those that were planned came out differently.
static bool extend(std::vector<Branch> &path, const Course &course) {
  if (course.count < course.planned) return false;
  for (unsigned i = 0; i < course.planned; ++i)
    if (course.choices[i].ready != path[i].ready) return false;
  for (unsigned i = course.planned; i < course.count; ++i) {
    const Choice &choice = course.choices[i];
    path.push_back(Branch{choice.ready, choice.chosen, choice.ready & ~(1u << choice.chosen)});
  }
  return true;
}

// Goes back to the last choice that has an alternative, and takes it; false when there is none.
static bool backtrack(std::vector<Branch> &path) {
  while (!path.empty() && path.back().untried == 0) path.pop_back();
  if (path.empty()) return false;
  Branch &last = path.back();
  last.chosen = unsigned(__builtin_ctz(last.untried));
  last.untried &= ~(1u << last.chosen);
  return true;
}

Found explore(const ExploredProgram &program, unsigned long limit) {
  Found found;
  Course &course = *shareCourse();
  const int output = memfd_create("explore", 0);
  std::vector<Branch> path;
  do {
    if (found.schedules == limit) return found.exploration = Exploration::Bounded, found;
    plan(path, course);
    const int status = runChild(program, course, output);
    if (!extend(path, course)) return found.exploration = Exploration::NotRepeatable, found;
    noteEnd(found, course, status, output);
    if (course.isTooLong || course.end == SCHEDULE_STUCK) return found.exploration = Exploration::Bounded, found;
  } while (backtrack(path));
  return found;
}

}  // namespace smoke
