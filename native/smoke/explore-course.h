// One schedule of a small program, in this process: which choices were there, and how it ended.
#pragma once

#include "schedule/turns.h"
#include "smoke/explore.h"

namespace smoke {

constexpr unsigned kMostChoices = 256;
constexpr unsigned kLongestName = 48;

/// One choice: who could go on, who did, and from which point. Plain data, since it is written in one
/// process and read in another.
struct Choice {
  unsigned ready;  // a bit for each thread
  unsigned chosen;
  char step[kLongestName];  // "role:point" of the one that went on
};

/// What happened in one schedule.
struct Course {
  unsigned planned;  // of the choices, how many were made beforehand
  unsigned count;
  Choice choices[kMostChoices];
  schedule_end end;
  bool isTooLong;
  bool hasContended;  // a thread found a lock held
  char fault[128];    // what the judge said
};

/// Runs `program`, first with the planned choices of `course`, then with its own: the thread that went on
/// last goes on as long as it can. With another end than SCHEDULE_FINISHED threads are left behind.
void runCourse(const ExploredProgram &program, Course &course);
/// Runs `program` as the text says, steps `role:point` separated by blanks; behind its end as above.
/// Where a step cannot be taken the run ends with SCHEDULE_STOPPED.
void replayCourse(const ExploredProgram &program, const std::string &schedule, Course &course);
/// The steps of a course as such a text.
std::string describeCourse(const Course &course);
/// Why it is not good: an end other than SCHEDULE_FINISHED, or what the judge said; empty when it is good.
std::string explainCourse(const Course &course);

}  // namespace smoke
