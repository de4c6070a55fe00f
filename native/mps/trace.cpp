// Query, publish, install: the handler must know what to pass a signal on to before it can be called.
#include <signal.h>
#include <string.h>

#include "mps/fork-guard.h"
#include "mps/interrupt-state.h"
#include "mps/mutex-hold.h"
#include "mps/process-state.h"
#include "mps/profiling.h"
#include "mps/statistics.h"
#include "schedule/point.h"

namespace mps {

static bool isInstalled = false;  // still so when another handler was put over ours; under the statistics' lock

// @claim SignalSafety!PreviousRestored, SignalSafety!PreviousHonoured
static struct sigaction readDisposition() {
  struct sigaction present = {};
  sigaction(SIGINT, nullptr, &present);
  return present;
}

// @claim SignalSafety!PreviousRestored
static bool isOurs(const struct sigaction &disposition) {
  return (disposition.sa_flags & SA_SIGINFO) != 0 && disposition.sa_sigaction == handleInterrupt;
}

// @claim SignalSafety!PreviousHonoured
static bool isFunction(const struct sigaction &disposition) {
  return disposition.sa_handler != SIG_DFL && disposition.sa_handler != SIG_IGN;
}

// @unmodelled compares two records
static bool isSame(const struct sigaction &one, const struct sigaction &other) {
  return one.sa_flags == other.sa_flags && one.sa_sigaction == other.sa_sigaction &&
         memcmp(&one.sa_mask, &other.sa_mask, sizeof one.sa_mask) == 0;
}

// A record that is published is kept for good, so that a handler may read it at any time; starting again
// over the same disposition takes no new one.
// @claim SignalSafety!NoHandlerCrash, SignalSafety!PreviousHonoured
static void publish(const struct sigaction &replaced) {
  if (replacedDisposition != nullptr && isSame(*replacedDisposition, replaced)) return;
  __atomic_store_n(&replacedDisposition, new struct sigaction(replaced), __ATOMIC_RELEASE);
}

// A handler that was there keeps its mask and flags, so that what it interrupts is interrupted as before;
// where there was none, system calls go on as they would have.
// @claim SignalSafety!PreviousHonoured
static void install(const struct sigaction &replaced) {
  struct sigaction ours = {};
  ours.sa_sigaction = handleInterrupt;
  ours.sa_flags = SA_SIGINFO | (isFunction(replaced) ? replaced.sa_flags : SA_RESTART);
  if (isFunction(replaced)) ours.sa_mask = replaced.sa_mask;
  sigaction(SIGINT, &ours, nullptr);
}

// A function found where ours was put is ours, or may have kept ours to call it: to put ours above it would close
// a circle.
// @claim SignalSafety!PreviousHonoured, SignalSafety!NoHandlerCrash
void startTrace() {
  admitCall();
  const MutexHold hold(&ownState().statisticsLock, "statistics.contended");
  setCounting(true);
  const struct sigaction present = readDisposition();
  if (isInstalled && isFunction(present)) return;
  publish(present);
  install(present);
  isInstalled = true;
  reach_point("trace.installed");
  reach_point("trace.leave");
}

// @claim SignalSafety!PreviousRestored
static void restore() {
  const MutexHold hold(&ownState().statisticsLock, "statistics.contended");
  setCounting(false);
  if (!isOurs(readDisposition())) return;
  sigaction(SIGINT, replacedDisposition, nullptr);
  isInstalled = false;
}

// @claim SignalSafety!PreviousRestored, SignalSafety!NothingLost
void stopTrace() {
  admitCall();
  restore();
  takeInterrupt();
}

}  // namespace mps
