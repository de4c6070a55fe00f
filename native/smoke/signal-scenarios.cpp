// Interrupts while a trace runs, each with a disposition that was there before. The role "worker" is the
// thread that the signal interrupts, "interrupter" the one that sends it: by the time its point "sent"
// comes, the signal has been delivered.
#include "smoke/signal-scenarios.h"

#include <errno.h>
#include <pthread.h>

#include <atomic>

#include "mps/profiling.h"
#include "mps/streams.h"
#include "schedule/schedule.h"
#include "smoke/actors.h"
#include "smoke/signal-handlers.h"

namespace smoke {

// Runs `work` in a thread that gets SIGINT where `schedule` says so.
static void interruptWork(const char *schedule, const std::function<void()> &work) {
  std::atomic<pthread_t> worker{};
  runActors(schedule, {{"worker", [&] { worker = pthread_self(); schedule_point("known"); work(); }},
                       {"interrupter", [&] {
                          pthread_kill(worker, SIGINT);
                          schedule_point("killed");
                          schedule_point("sent");
                        }}});
}

// The worker counts an operation, and holds the statistics' lock, when the signal comes.
static const char *const kWhileCounting =
    "worker:known worker:statistics.locked interrupter:start interrupter:killed+20 interrupter:sent worker:statistics.leave";

static void dispatchOnce() { mps::dispatchSync(mps::currentStream(), [] {}); }

static void interruptCounting(ReportLine &report, const struct sigaction &previous) {
  putIn(previous);
  mps::startTrace();
  report.addText("systemCalls", areCallsRestarted() ? "go on" : "are interrupted");
  interruptWork(kWhileCounting, dispatchOnce);
  report.addNumber("logsByDispatch", mps::readStatistics().logs);
  mps::stopTrace();
  report.addText("previous", isPutIn(previous) ? "restored" : "not restored");
}

static void interruptIgnored(ReportLine &report) { interruptCounting(report, makeIgnoring()); }
static void interruptDefault(ReportLine &report) { interruptCounting(report, makeDefault()); }
static void interruptIgnoredWithInfo(ReportLine &report) { interruptCounting(report, withInfo(makeIgnoring())); }
static void interruptDefaultWithInfo(ReportLine &report) { interruptCounting(report, withInfo(makeDefault())); }
static void interruptFunction(ReportLine &report) { interruptCounting(report, makeCounting()); }
static void interruptFunctionWithInfo(ReportLine &report) { interruptCounting(report, makeCountingWithInfo()); }

// The signal comes as soon as it can reach the handler that a trace puts in.
static void interruptStart(ReportLine &report) {
  putIn(makeCountingWithInfo());
  interruptWork("worker:known worker:trace.torn|worker:trace.installed interrupter:start interrupter:killed+20 "
                "interrupter:sent worker:trace.whole|worker:started",
                [] { mps::startTrace(); schedule_point("started"); });
  mps::stopTrace();
  report.addText("previous", isPutIn(makeCountingWithInfo()) ? "restored" : "not restored");
}

// Nothing is dispatched between signal and end: the end of the trace takes it. What is dispatched after is not counted.
static void interruptAtTheEnd(ReportLine &report) {
  putIn(makeIgnoring());
  mps::startTrace();
  dispatchOnce();
  raise(SIGINT);
  report.addNumber("logsBeforeStop", mps::readStatistics().logs);
  mps::stopTrace();
  report.addNumber("logsAtStop", mps::readStatistics().logs);
  dispatchOnce();
}

// A second interrupt comes while the first is being logged: it is the next log's.
static void interruptLog(ReportLine &report) {
  putIn(makeIgnoring());
  mps::startTrace();
  raise(SIGINT);
  interruptWork("worker:known worker:log.begin|worker:taken interrupter:start interrupter:killed+20 interrupter:sent "
                "worker:log.written|worker:leave",
                [] { mps::takeInterrupt(); schedule_point("taken"); schedule_point("leave"); });
  report.addNumber("logsFirst", mps::readStatistics().logs);
  mps::stopTrace();
}

// Rounds one after the other, each over another disposition and with two signals in it. The code that is
// interrupted finds its errno as it was.
static void interruptRounds(ReportLine &report) {
  bool areRestored = true, isErrnoKept = true;
  for (const struct sigaction &previous : {makeCounting(), makeCountingWithInfo(), makeIgnoring()}) {
    putIn(previous);
    mps::startTrace();
    errno = ERANGE;
    raise(SIGINT);
    raise(SIGINT);
    isErrnoKept = isErrnoKept && errno == ERANGE;
    dispatchOnce();
    mps::stopTrace();
    areRestored = areRestored && isPutIn(previous);
    raise(SIGINT);
  }
  report.addText("previous", areRestored ? "restored" : "not restored");
  report.addText("errno", isErrnoKept ? "kept" : "changed");
}

// The handler that was there is taken out by the first signal, as it asked.
static void interruptOneShot(ReportLine &report) {
  putIn(makeCountingOnce());
  mps::startTrace();
  raise(SIGINT);
  report.addText("afterwards", isDefaultPutIn() ? "default" : "handled");
  mps::stopTrace();
  report.addText("atTheEnd", isDefaultPutIn() ? "default" : "handled");
}

// A handler is put over ours, keeps ours to call it, and stays when the trace stops. The next trace must
// not put ours above it.
static void interruptFromAbove(ReportLine &report) {
  putIn(makeCounting());
  mps::startTrace();
  struct sigaction ours = {};
  sigaction(SIGINT, nullptr, &ours);
  const struct sigaction above = makeCountingAbove(ours);
  putIn(above);
  mps::stopTrace();
  report.addText("above", isPutIn(above) ? "stays" : "is gone");
  mps::startTrace();
  raise(SIGINT);
  mps::stopTrace();
}

const Scenario signalScenarios[] = {
    {"ignored", interruptIgnored},
    {"default", interruptDefault},
    {"ignored-with-info", interruptIgnoredWithInfo},
    {"default-with-info", interruptDefaultWithInfo},
    {"function", interruptFunction},
    {"function-with-info", interruptFunctionWithInfo},
    {"start", interruptStart},
    {"at-the-end", interruptAtTheEnd},
    {"rounds", interruptRounds},
    {"log", interruptLog},
    {"one-shot", interruptOneShot},
    {"from-above", interruptFromAbove},
    {nullptr, nullptr},
};

}  // namespace smoke
