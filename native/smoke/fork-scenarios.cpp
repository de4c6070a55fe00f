// Forks at the moments that matter, in a program whose other threads are inside the library. What the
// child did is in the report, and so is whether its parent still works. The role "forker" is the thread that
// forks, and the only one that the child has.
#include "mps/command-queue.h"
#include "mps/fork-guard.h"
#include "mps/layer-norm.h"
#include "mps/profiling.h"
#include "mps/streams.h"
#include "schedule/schedule.h"
#include "smoke/actors.h"
#include "smoke/fork-entries.h"
#include "smoke/fork-scenarios.h"

#if !defined(__APPLE__)
// The runtime's own lock, and a function of its that takes it.
extern "C" {
struct objc_mutex;
extern objc_mutex *__objc_runtime_mutex;
int objc_mutex_lock(objc_mutex *mutex);
int objc_mutex_unlock(objc_mutex *mutex);
const void *sel_registerName(const char *name);
}
#endif

namespace smoke {

using Life = std::function<void(ChildVoice &)>;

static void addStory(ReportLine &report, const ChildStory &story) {
  report.addText("child", story.end);
  for (const auto &[key, value] : story.said) report.addText(key.c_str(), value);
}

// Runs `holder` and a fork as `schedule` has it; then the parent has to work as before.
static void forkBeside(ReportLine &report, const char *schedule, const std::function<void()> &holder, const Life &life) {
  ChildStory story;
  runActors(schedule, {{"holder", holder}, {"forker", [&] { story = runInChild(life); schedule_point("finished"); }}});
  addStory(report, story);
  report.addText("parent", doEntriesWork() ? "works" : "does not work");
}

static const char *const kWhileInPool = "holder:pool.locked forker:start forker:finished holder:pool.leave";
static void visitPool() { mps::takeStreamFromPool(); }

// Nobody holds anything: what is wrong with an inherited stream is the stream.
static void forkIdle(ReportLine &report) {
  mps::Stream *stream = mps::currentStream();
  addStory(report, runInChild([stream](ChildVoice &voice) { callEveryEntry(voice, stream); }));
  report.addText("parent", doEntriesWork() ? "works" : "does not work");
}

static void forkWhileInPool(ReportLine &report) {
  mps::Stream *stream = mps::currentStream();
  forkBeside(report, kWhileInPool, visitPool, [stream](ChildVoice &voice) { callEveryEntry(voice, stream); });
}

// The streams are being made by the first visit: the child must be marked already.
static void forkWhilePoolIsMade(ReportLine &report) {
  forkBeside(report, "holder:pool.made forker:start forker:finished holder:pool.leave", visitPool,
             [](ChildVoice &voice) { callEveryEntry(voice, nullptr); });
}

// A call holds the interpreter's lock when its process forks.
static void forkDuringCall(ReportLine &report) {
  static const float elements[] = {1};
  mps::Tensor *tensor = mps::createTensor(elements, 1);
  mps::Stream *stream = mps::currentStream();
  forkBeside(report, "holder:call.named forker:start forker:finished holder:call.capture",
             [=] { mps::encodeLayerNorm({tensor, tensor, tensor, tensor}); },
             [stream](ChildVoice &voice) { callEveryEntry(voice, stream); });
}

// The first entry that this process ever came to holds a lock: the interpreter's, or that of the statistics.
static void forkDuringFirstCall(ReportLine &report) {
  static const float elements[] = {1};
  mps::Tensor *tensor = mps::createTensor(elements, 1);
  forkBeside(report, "holder:call.named forker:start forker:finished holder:call.capture",
             [=] { mps::encodeLayerNorm({tensor, tensor, tensor, tensor}); },
             [](ChildVoice &voice) { callEveryEntry(voice, nullptr); });
}

static void forkDuringFirstTrace(ReportLine &report) {
  forkBeside(report, "holder:trace.installed forker:start forker:finished holder:trace.leave", [] { mps::startTrace(); },
             [](ChildVoice &voice) { callEveryEntry(voice, nullptr); });
}

// A trace runs, and an operation is being counted.
static void forkWhileCounting(ReportLine &report) {
  mps::Stream *stream = mps::currentStream();
  mps::startTrace();
  forkBeside(report, "holder:statistics.locked forker:start forker:finished holder:statistics.leave",
             [] { mps::dispatchSync(mps::currentStream(), [] {}); },
             [stream](ChildVoice &voice) { callEveryEntry(voice, stream); });
}

// Another thread is inside the Objective-C runtime, and the child's work would send a message.
static void forkWithRuntimeLock(ReportLine &report) {
#if !defined(__APPLE__)
  mps::Stream *stream = mps::currentStream();
  const auto holdRuntime = [] {
    objc_mutex_lock(__objc_runtime_mutex);
    schedule_point("runtime.locked");
    schedule_point("runtime.leave");
    objc_mutex_unlock(__objc_runtime_mutex);
  };
  forkBeside(report, "holder:runtime.locked forker:start forker:finished holder:runtime.leave", holdRuntime,
             [stream](ChildVoice &voice) {
               try {
                 mps::dispatchSync(stream, [] { sel_registerName("prepareForEnqueue"); });
                 voice.say("operation", "worked");
               } catch (const mps::ForkedChildError &) {
                 voice.say("operation", "raised");
               }
             });
#else
  report.addText("child", "not run: the runtime's lock has no name here");
#endif
}

static std::string describeMark() { return mps::isInForkedChild() ? "marked" : "not marked"; }

// A child's own life. Its thread had a stream before the fork: the one it works on now is another.
static void liveAfresh(ChildVoice &voice, mps::Stream *inherited) {
  voice.say("before", describeMark());
  voice.say("startAfresh", mps::startAfresh() ? "done" : "nothing to do");
  voice.say("again", mps::startAfresh() ? "done" : "nothing to do");
  voice.say("ownStream", tryStream(mps::currentStream));
  voice.say("inheritedStream", tryStream([inherited] { return inherited; }));
  callEveryEntry(voice, mps::isInForkedChild() ? inherited : mps::defaultStream());
  const ChildStory grandchild = runInChild([](ChildVoice &inner) { inner.say("mark", describeMark()); });
  voice.say("grandchild", grandchild.said.empty() ? grandchild.end : grandchild.said[0].second);
}

// As `forkBeside`, with a forker that has a stream of its own.
static void startAfreshBeside(ReportLine &report, const char *schedule, const std::function<void()> &holder) {
  ChildStory story;
  mps::defaultStream();
  runActors(schedule, {{"holder", holder}, {"forker", [&] {
                         mps::Stream *stream = mps::currentStream();
                         schedule_point("owning");
                         schedule_point("forking");
                         story = runInChild([stream](ChildVoice &voice) { liveAfresh(voice, stream); });
                         schedule_point("finished");
                       }}});
  addStory(report, story);
  report.addText("parent", doEntriesWork() ? "works" : "does not work");
}

static void forkAndStartAfresh(ReportLine &report) {
  startAfreshBeside(report, "forker:owning holder:start holder:pool.locked forker:forking forker:finished holder:pool.leave", visitPool);
}

// Somebody encodes when the process forks: the child's encoding lock must be a new one, too.
static void startAfreshDuringEncoding(ReportLine &report) {
  static const float elements[] = {1};
  mps::Tensor *tensor = mps::createTensor(elements, 1);
  startAfreshBeside(report, "forker:owning holder:start holder:encode.bound forker:forking forker:finished holder:encode.use",
                    [=] { mps::encodeLayerNorm({tensor, tensor, tensor, tensor}); });
}

// A call holds the interpreter's lock, and in the other an operation is being counted.
static void startAfreshDuringCall(ReportLine &report) {
  static const float elements[] = {1};
  mps::Tensor *tensor = mps::createTensor(elements, 1);
  startAfreshBeside(report, "forker:owning holder:start holder:call.named forker:forking forker:finished holder:call.capture",
                    [=] { mps::encodeLayerNorm({tensor, tensor, tensor, tensor}); });
}

static void startAfreshWhileCounting(ReportLine &report) {
  mps::startTrace();
  startAfreshBeside(report, "forker:owning holder:start holder:statistics.locked forker:forking forker:finished holder:statistics.leave",
                    [] { mps::dispatchSync(mps::currentStream(), [] {}); });
}

// Two threads come first: the streams are made once.
static void makeTwice(ReportLine &report) {
  runActors("one:pool.making two:start two:pool.making|two:pool.contended one:pool.filled+50",
            {{"one", visitPool}, {"two", visitPool}});
  report.addNumber("queuesMade", mps::countQueuesMade());
  long defaults = 0;
  for (int i = 0; i < 2 * 32; ++i) defaults += mps::takeStreamFromPool() == mps::defaultStream();
  report.addNumber("defaultHandedOut", defaults);
}

const Scenario forkScenarios[] = {
    {"idle", forkIdle},
    {"in-pool", forkWhileInPool},
    {"pool-is-made", forkWhilePoolIsMade},
    {"during-call", forkDuringCall},
    {"during-first-call", forkDuringFirstCall},
    {"during-first-trace", forkDuringFirstTrace},
    {"while-counting", forkWhileCounting},
    {"runtime-lock", forkWithRuntimeLock},
    {"afresh", forkAndStartAfresh},
    {"afresh-during-encoding", startAfreshDuringEncoding},
    {"afresh-during-call", startAfreshDuringCall},
    {"afresh-while-counting", startAfreshWhileCounting},
    {"made-twice", makeTwice},
    {nullptr, nullptr},
};

}  // namespace smoke
