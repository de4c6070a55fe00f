// Each thread has a futex word of its own: the thread stops by changing it and sleeps until the one who
// chooses sets it back to Running.
#include "schedule/turns.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "schedule/clock.h"
#include "schedule/misuse.h"
#include "schedule/steps.h"

#define SCHEDULE_API __attribute__((visibility("default")))

namespace {

enum State { Absent, Running, Stopped, Waiting, Done };

struct Player {
  int state;  // the futex word
  const char *point;
  void *lock;
  int (*isFree)(void *lock);
};

const schedule_turns *turns = nullptr;
Player players[SCHEDULE_MOST_PLAYERS];
__thread Player *own = nullptr;

int load(const Player &player) { return __atomic_load_n(&player.state, __ATOMIC_ACQUIRE); }

void store(Player &player, State state) {
  __atomic_store_n(&player.state, state, __ATOMIC_RELEASE);
  syscall(SYS_futex, &player.state, FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0);
}

void sleepWhile(Player &player, State state) {
  timespec slice = {0, 50 * 1000000};
  syscall(SYS_futex, &player.state, FUTEX_WAIT_PRIVATE, state, &slice, nullptr, 0);
}

// Waits until the player has stopped or ended; false when that takes longer than the limit.
bool awaitStop(Player &player, State from) {
  const long long started = schedule::readMilliseconds();
  while (load(player) == from) {
    if (schedule::readMilliseconds() - started > turns->limit_milliseconds) return false;
    sleepWhile(player, from);
  }
  return true;
}

void stop(State state, const char *point) {
  own->point = point;
  store(*own, state);
  while (load(*own) == state) sleepWhile(*own, state);
}

bool isListed(const char *point) {
  if (schedule::isSame(point, "start")) return true;
  for (const char *const *listed = turns->points; *listed != nullptr; ++listed)
    if (schedule::isSame(*listed, point)) return true;
  return false;
}

bool isReady(const Player &player) {
  const int state = load(player);
  return state == Stopped || (state == Waiting && player.isFree(player.lock));
}

// What the chooser sees; returns how many are ready, and in `left` how many have not ended.
unsigned describePlayers(schedule_player *shown, unsigned &left) {
  unsigned ready = 0;
  left = 0;
  for (unsigned i = 0; i < turns->players; ++i) {
    const bool isDone = load(players[i]) == Done;
    shown[i] = schedule_player{turns->roles[i], players[i].point, !isDone && isReady(players[i]), isDone};
    ready += shown[i].is_ready;
    left += !isDone;
  }
  return ready;
}

}  // namespace

SCHEDULE_API void schedule_turns_begin(const schedule_turns *chosen) {
  if (chosen->players == 0 || chosen->players > SCHEDULE_MOST_PLAYERS) schedule::reportMisuse("turns: too many threads", "");
  turns = chosen;
}

SCHEDULE_API schedule_end schedule_turns_run(void) {
  for (unsigned i = 0; i < turns->players; ++i)
    if (!awaitStop(players[i], Absent) || !awaitStop(players[i], Running)) return SCHEDULE_STUCK;
  for (;;) {
    schedule_player shown[SCHEDULE_MOST_PLAYERS] = {};
    unsigned left;
    const unsigned ready = describePlayers(shown, left);
    if (left == 0) return SCHEDULE_FINISHED;
    if (ready == 0) return SCHEDULE_DEADLOCK;
    const int next = turns->choose(turns->context, shown);
    if (next < 0 || next >= int(turns->players) || !shown[next].is_ready) return SCHEDULE_STOPPED;
    store(players[next], Running);
    if (!awaitStop(players[next], Running)) return SCHEDULE_STUCK;
  }
}

SCHEDULE_API void schedule_leave(void) {
  if (own != nullptr) store(*own, Done);
  own = nullptr;
}

SCHEDULE_API int schedule_takes_turns(void) { return own != nullptr; }

SCHEDULE_API void schedule_wait_for_lock(void *lock, int (*is_free)(void *lock)) {
  own->lock = lock;
  own->isFree = is_free;
  stop(Waiting, "lock");
}

SCHEDULE_API void schedule_note_unlock(void *lock) {
  for (unsigned i = 0; i < turns->players; ++i)
    if (load(players[i]) == Waiting && players[i].lock == lock) return stop(Stopped, "unlock");
}

namespace schedule {

bool takeTurn(const char *point) {
  if (turns == nullptr) return false;
  if (own != nullptr && isListed(point)) stop(Stopped, point);
  return true;
}

bool joinTurns(const char *role) {
  if (turns == nullptr) return false;
  unsigned index = 0;
  while (index < turns->players && !isSame(turns->roles[index], role)) ++index;
  if (index == turns->players) reportMisuse("turns: no such role", role);
  if (load(players[index]) != Absent) reportMisuse("two threads play the role", role);
  own = &players[index];
  store(*own, Running);
  return true;
}

}  // namespace schedule
