// Turns: runs the threads of a small program one at a time, each from one point to its next, in an order
// that a caller chooses step by step. A search that makes every choice sees every interleaving of those
// points; see smoke/explore-search.h.
//
// Threads announce themselves with schedule_role and wait at the point "start"; after that they stop at
// the listed points only, where a lock is held by another thread (lock-watch.cpp), and at the unlock that
// lets such a thread in; they end with schedule_leave. Between two stops a thread runs alone, so that a
// step does the same each time. A thread that waits for a lock is not ready until the lock is free.
// Like the rest of the engine: raw futex calls and __atomic built-ins, never instrumented.
#pragma once

#define SCHEDULE_MOST_PLAYERS 4

extern "C" {
/// Where one thread has stopped, for the one who chooses.
struct schedule_player {
  const char *role;
  const char *point;  ///< the point it will pass; "lock" when it waits for one
  int is_ready;       ///< it can go on now
  int is_done;        ///< it has ended; then it is not ready
};

struct schedule_turns {
  const char *const *roles;  ///< one for each thread
  unsigned players;
  const char *const *points;  ///< null-terminated: where threads stop, beside "start"
  unsigned limit_milliseconds;  ///< of one step
  /// Index of the thread that goes on, which must be ready; anything else ends the run.
  int (*choose)(void *context, const struct schedule_player *players);
  void *context;
};

enum schedule_end {
  SCHEDULE_NOT_ENDED,
  SCHEDULE_FINISHED,  ///< every thread has ended
  SCHEDULE_DEADLOCK,  ///< threads are left, and each waits for a lock that nobody will give back
  SCHEDULE_STUCK,     ///< a thread neither reached a point nor ended within the limit
  SCHEDULE_STOPPED    ///< the chooser named no thread that is ready
};

/// Turns on from now on. Call before any thread starts; `turns` must outlive them. Misuse aborts.
void schedule_turns_begin(const struct schedule_turns *turns);
/// Runs the threads to the end. After any other end than SCHEDULE_FINISHED they stay where they are, and
/// the process has to leave by _exit.
enum schedule_end schedule_turns_run(void);
/// Ends the calling thread's part. Nothing when turns are off.
void schedule_leave(void);
/// 1 when turns are on and the calling thread plays a role.
int schedule_takes_turns(void);
/// Stops until the lock is free: `is_free` is asked from a thread that holds no lock.
void schedule_wait_for_lock(void *lock, int (*is_free)(void *lock));
/// Stops at the point "unlock" when another thread waits for this lock.
void schedule_note_unlock(void *lock);
}

namespace schedule {

/// The engine's entry for a thread that takes turns; false when turns are off.
bool takeTurn(const char *point);
/// Binds the calling thread to its role; false when turns are off.
bool joinTurns(const char *role);

}  // namespace schedule
