// The handlers count in words that only signals write.
#include "smoke/signal-handlers.h"

#include <errno.h>

namespace smoke {

static volatile sig_atomic_t calls = 0, callsWithInfo = 0, callsAbove = 0;
static volatile sig_atomic_t strangeArguments = 0, strangeMasks = 0;
static struct sigaction kept;

// A handler's own mask is in force while it runs.
static void noticeMask(int expected) {
  sigset_t blocked;
  pthread_sigmask(SIG_BLOCK, nullptr, &blocked);
  if (sigismember(&blocked, expected) != 1) strangeMasks = strangeMasks + 1;
}

static void countCall(int received) {
  calls = calls + 1;
  noticeMask(SIGUSR1);
  if (received != SIGINT) strangeArguments = strangeArguments + 1;
  errno = EDOM;
}

static void countCallWithInfo(int received, siginfo_t *info, void *context) {
  callsWithInfo = callsWithInfo + 1;
  noticeMask(SIGUSR2);
  if (received != SIGINT || info == nullptr || info->si_signo != SIGINT || context == nullptr)
    strangeArguments = strangeArguments + 1;
  errno = EDOM;
}

static void countAbove(int received, siginfo_t *info, void *context) {
  callsAbove = callsAbove + 1;
  if (callsAbove > 100) return;  // a circle: without this it would fill the stack
  if ((kept.sa_flags & SA_SIGINFO) != 0) kept.sa_sigaction(received, info, context);
}

struct sigaction makeIgnoring() {
  struct sigaction made = {};
  made.sa_handler = SIG_IGN;
  return made;
}

struct sigaction makeDefault() {
  struct sigaction made = {};
  made.sa_handler = SIG_DFL;
  return made;
}

struct sigaction withInfo(struct sigaction disposition) {
  disposition.sa_flags |= SA_SIGINFO;
  return disposition;
}

struct sigaction makeCounting() {
  struct sigaction made = {};
  made.sa_handler = countCall;
  sigaddset(&made.sa_mask, SIGUSR1);
  return made;
}

struct sigaction makeCountingWithInfo() {
  struct sigaction made = {};
  made.sa_sigaction = countCallWithInfo;
  made.sa_flags = SA_SIGINFO | SA_RESTART;
  sigaddset(&made.sa_mask, SIGUSR2);
  return made;
}

struct sigaction makeCountingOnce() {
  struct sigaction made = makeCounting();
  made.sa_flags = int(SA_RESETHAND);
  return made;
}

struct sigaction makeCountingAbove(const struct sigaction &beneath) {
  kept = beneath;
  struct sigaction made = {};
  made.sa_sigaction = countAbove;
  made.sa_flags = SA_SIGINFO;
  return made;
}

void putIn(const struct sigaction &disposition) { sigaction(SIGINT, &disposition, nullptr); }

bool isPutIn(const struct sigaction &disposition) {
  const int own = SA_SIGINFO | SA_RESTART | SA_NODEFER | SA_RESETHAND | SA_ONSTACK;
  struct sigaction present = {};
  sigaction(SIGINT, nullptr, &present);
  bool isSameMask = true;
  for (int signal : {SIGINT, SIGUSR1, SIGUSR2, SIGTERM})
    isSameMask = isSameMask && sigismember(&present.sa_mask, signal) == sigismember(&disposition.sa_mask, signal);
  return isSameMask && present.sa_sigaction == disposition.sa_sigaction &&
         (present.sa_flags & own) == (disposition.sa_flags & own);
}

bool isDefaultPutIn() {
  struct sigaction present = {};
  sigaction(SIGINT, nullptr, &present);
  return (present.sa_flags & SA_SIGINFO) == 0 ? present.sa_handler == SIG_DFL : present.sa_sigaction == nullptr;
}

bool areCallsRestarted() {
  struct sigaction present = {};
  sigaction(SIGINT, nullptr, &present);
  return (present.sa_flags & SA_RESTART) != 0;
}

void addCalls(ReportLine &report) {
  report.addNumber("calls", calls);
  report.addNumber("callsWithInfo", callsWithInfo);
  report.addNumber("callsAbove", callsAbove);
  report.addNumber("strangeArguments", strangeArguments);
  report.addNumber("strangeMasks", strangeMasks);
}

}  // namespace smoke
