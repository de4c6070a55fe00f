// The schedule engine: makes threads pass named points in one total order.
//
// A schedule is a text of steps separated by blanks. A step is `role:point`, or alternatives joined
// with `|`, of which the first to arrive takes the step. `role:point+50` lingers 50 ms after the step
// is taken and before the thread goes on, so that another thread that is wrongly not blocked shows.
// A thread that reaches a point listed in a step still to come blocks until that step is current;
// every other point is passed. When a thread waits longer than the limit, the schedule cannot happen:
// the process prints one JSON line and exits with SCHEDULE_INFEASIBLE. A step that nobody waits for and
// nobody reaches leaves the schedule incomplete. The empty schedule orders nothing and is complete.
// A text that is malformed or too long, a role that no thread plays, and a role that two threads play
// are misuse: a line on standard error, and abort.
//
// The engine uses raw futex calls and __atomic built-ins only and is compiled without a sanitizer:
// a lock that the sanitizer saw would order the very accesses whose race it is to find.
#pragma once

#define SCHEDULE_INFEASIBLE 78

extern "C" {
/// Installs a schedule, in place of an earlier one. Call while no thread plays a role. Misuse aborts.
void schedule_start(const char *text, unsigned limit_milliseconds);
/// The roles that threads will play: aborts when the schedule names another, or one is there twice.
void schedule_expect_roles(const char *const *roles, unsigned count);
/// Gives the calling thread its role. The string must outlive the thread.
void schedule_role(const char *role);
/// Marks a point; blocks as described above.
void schedule_point(const char *point);
/// 1 when every step was taken (also when there was no schedule), else 0.
int schedule_is_complete(void);
/// The alternative that took step `index`, or null when that step was not taken.
const char *schedule_taken(unsigned index);
}
