// The chooser runs in the main thread, while every thread of the program has stopped.
#include "smoke/explore-course.h"

#include <stdio.h>
#include <string.h>

#include <memory>
#include <sstream>
#include <thread>

#include "schedule/schedule.h"

namespace smoke {

// Long, since it is only ever waited for when something is wrong, and machines may be busy.
static const unsigned kLimitMilliseconds = 3000;

struct Chooser {
  Course *course;
  unsigned threads;
  std::vector<std::string> steps;  // those of a replayed schedule
};

static std::string nameStep(const schedule_player &player) { return std::string(player.role) + ":" + player.point; }

static unsigned chooseDefault(const Course &course, unsigned ready) {
  if (course.count > 0 && (ready >> course.choices[course.count - 1].chosen & 1)) return course.choices[course.count - 1].chosen;
  return unsigned(__builtin_ctz(ready));
}

static int findStep(const Chooser &chooser, const schedule_player *players) {
  for (unsigned i = 0; i < chooser.threads; ++i)
    if (players[i].is_ready && nameStep(players[i]) == chooser.steps[chooser.course->count]) return int(i);
  return -1;
}

static int chooseNext(const Chooser &chooser, const schedule_player *players, unsigned ready) {
  const Course &course = *chooser.course;
  if (course.count < chooser.steps.size()) return findStep(chooser, players);
  return int(course.count < course.planned ? course.choices[course.count].chosen : chooseDefault(course, ready));
}

static int choose(void *context, const schedule_player *players) {
  const Chooser &chooser = *static_cast<Chooser *>(context);
  Course &course = *chooser.course;
  unsigned ready = 0;
  for (unsigned i = 0; i < chooser.threads; ++i) {
    ready |= unsigned(players[i].is_ready) << i;
    course.hasContended |= !players[i].is_done && strcmp(players[i].point, "lock") == 0;
  }
  course.isTooLong = course.count == kMostChoices;
  const int next = course.isTooLong ? -1 : chooseNext(chooser, players, ready);
  if (next < 0 || !(ready >> next & 1)) return -1;
  Choice &choice = course.choices[course.count++];
  choice.ready = ready;
  choice.chosen = unsigned(next);
  snprintf(choice.step, sizeof choice.step, "%s", nameStep(players[next]).c_str());
  return next;
}

static void play(const Actor &actor) {
  schedule_role(actor.role);
  schedule_point("start");
  actor.act();
  schedule_leave();
}

// Everything the threads use outlives this function when they are left behind.
static void run(const ExploredProgram &program, Chooser *chooser) {
  auto *setting = new Setting(program.make());
  auto *roles = new std::vector<const char *>;
  auto *points = new std::vector<const char *>(program.points);
  for (const Actor &actor : setting->actors) roles->push_back(actor.role);
  points->push_back(nullptr);
  chooser->threads = unsigned(roles->size());
  auto *turns = new schedule_turns{roles->data(), chooser->threads, points->data(), kLimitMilliseconds, choose, chooser};
  schedule_turns_begin(turns);
  std::vector<std::thread> threads;
  for (const Actor &actor : setting->actors) threads.emplace_back([&actor] { play(actor); });
  Course &course = *chooser->course;
  course.end = schedule_turns_run();
  for (std::thread &thread : threads) course.end == SCHEDULE_FINISHED ? thread.join() : thread.detach();
  if (course.end == SCHEDULE_FINISHED) snprintf(course.fault, sizeof course.fault, "%s", setting->judge().c_str());
}

void runCourse(const ExploredProgram &program, Course &course) { run(program, new Chooser{&course, 0, {}}); }

void replayCourse(const ExploredProgram &program, const std::string &schedule, Course &course) {
  std::istringstream words(schedule);
  auto *chooser = new Chooser{&course, 0, {}};
  for (std::string step; words >> step;) chooser->steps.push_back(step);
  run(program, chooser);
}

std::string describeCourse(const Course &course) {
  std::string text;
  for (unsigned i = 0; i < course.count; ++i) text += (i == 0 ? "" : " ") + std::string(course.choices[i].step);
  return text;
}

std::string explainCourse(const Course &course) {
  switch (course.end) {
    case SCHEDULE_FINISHED: return course.fault;
    case SCHEDULE_DEADLOCK: return "deadlock: every thread that is left waits for a lock";
    case SCHEDULE_STUCK: return "stuck: a thread neither reached a point nor ended";
    case SCHEDULE_STOPPED: return course.isTooLong ? "more choices than can be kept" : "the step cannot be taken";
    case SCHEDULE_NOT_ENDED: return "the process died";
  }
  return "";
}

}  // namespace smoke
