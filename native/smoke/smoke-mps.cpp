// smoke_mps <scenario>: runs one scenario against the tensor part and prints one JSON line.
// Exit codes as in smoke.cpp. "collector" is the interpreter's collector, "caller" a thread in a call.
#include <pthread.h>

#include <functional>
#include <stdexcept>
#include <vector>

#include "mps/call-counts.h"
#include "mps/interpreter-lock.h"
#include "mps/layer-norm.h"
#include "mps/process-state.h"
#include "mps/streams.h"
#include "mps/tensor-handle.h"
#include "schedule/schedule.h"
#include "smoke/actors.h"
#include "smoke/scenario-program.h"

namespace smoke {

using mps::LayerNormCall;
using mps::Tensor;

static const float kElements[] = {1, 2, 3, 4, 5, 6, 7, 8};

static Tensor *makeTensor() { return mps::createTensor(kElements, 8); }

static LayerNormCall makeCall() { return LayerNormCall{makeTensor(), makeTensor(), makeTensor(), makeTensor()}; }

static std::vector<Tensor *> listTensors(const LayerNormCall &call) { return {call.input, call.weight, call.bias, call.output}; }

#if defined(__SANITIZE_ADDRESS__)
extern "C" int __asan_address_is_poisoned(const volatile void *address);
static bool isFreed(const void *address) { return __asan_address_is_poisoned(address); }
#else
static bool isFreed(const void *) { return false; }
#endif

static const char *const kBetween = "caller:call.captured collector:start collector:collected caller:call.dispatch";
static const char *const kDuring = "caller:encode.bound collector:start collector:collected caller:encode.use";
// Before the capture the collector finds the interpreter's lock held; without the lock it would collect.
static const char *const kBefore =
    "caller:call.named collector:start collector:collected|collector:interpreter.contended caller:call.capture+50 "
    "collector:finished caller:call.dispatch";

// Runs one call while the collector drops the name of one of its tensors, as `schedule` has it.
static void collectOne(const char *schedule, Tensor *LayerNormCall::*collected) {
  const LayerNormCall call = makeCall();
  Tensor *victim = call.*collected;
  runActors(schedule, {{"caller", [&] { mps::encodeLayerNorm(call); }}, {"collector", [=] { mps::collectName(victim); schedule_point("finished"); }}});
  for (Tensor *tensor : listTensors(call))
    if (tensor != victim) mps::collectName(tensor);
}

static void collectInput(ReportLine &) { collectOne(kBetween, &LayerNormCall::input); }
static void collectWeight(ReportLine &) { collectOne(kBetween, &LayerNormCall::weight); }
static void collectBias(ReportLine &) { collectOne(kBetween, &LayerNormCall::bias); }
static void collectOutput(ReportLine &) { collectOne(kBetween, &LayerNormCall::output); }
static void collectDuring(ReportLine &) { collectOne(kDuring, &LayerNormCall::input); }
static void collectBefore(ReportLine &) { collectOne(kBefore, &LayerNormCall::input); }

// Reads the count while the call is between capture and encoding, and after it has returned; then drops
// every name, and asks AddressSanitizer (nobody else knows) whether the memory has really gone.
static void countReferences(ReportLine &report) {
  const LayerNormCall call = makeCall();
  long during = 0;
  runActors("caller:call.captured observer:start observer:counted caller:call.dispatch",
            {{"caller", [&] { mps::encodeLayerNorm(call); }},
             {"observer", [&] { during = mps::countReferences(call.input); schedule_point("counted"); }}});
  report.addNumber("referencesDuring", during);
  report.addNumber("referencesAfter", mps::countReferences(call.input));
  int tensors = 0, buffers = 0;
  for (Tensor *tensor : listTensors(call)) {
    const float *buffer = mps::bindBuffer(tensor);
    mps::collectName(tensor);
    tensors += isFreed(tensor);
    buffers += isFreed(buffer);
  }
  report.addNumber("freedTensors", tensors);
  report.addNumber("freedBuffers", buffers);
}

// Two calls share their arguments; the second finds the encoding lock held.
static void encodeTwice(ReportLine &) {
  const LayerNormCall call = makeCall();
  runActors("one:encode.bound two:start two:encode.begin|two:encoding.contended one:encode.use+50",
            {{"one", [&] { mps::encodeLayerNorm(call); }}, {"two", [&] { mps::encodeLayerNorm(call); }}});
  for (Tensor *tensor : listTensors(call)) mps::collectName(tensor);
}

// One call encodes, a second waits for it, and the collector drops the last name of the waiting call's
// input meanwhile.
static void collectWhileWaiting(ReportLine &) {
  const LayerNormCall call = makeCall();
  const LayerNormCall waiting = makeCall();
  runActors("one:encode.bound two:start two:encoding.contended collector:start collector:collected one:encode.use",
            {{"one", [&] { mps::encodeLayerNorm(call); }},
             {"two", [&] { mps::encodeLayerNorm(waiting); }},
             {"collector", [&] { mps::collectName(waiting.input); }}});
  for (Tensor *tensor : listTensors(call)) mps::collectName(tensor);
  for (Tensor *tensor : listTensors(waiting))
    if (tensor != waiting.input) mps::collectName(tensor);
}

// Work that throws: its exception comes out, and the stream takes further work, from any thread.
static void throwInDispatch(ReportLine &report) {
  mps::Stream *stream = mps::defaultStream();
  runActors("", {{"thrower", [&] {
                    try {
                      mps::dispatchSync(stream, [] { throw std::runtime_error("no such kernel"); });
                    } catch (const std::runtime_error &error) {
                      report.addText("caught", error.what());
                    }
                  }}});
  mps::dispatchSync(stream, [&] { mps::dispatchSync(stream, [&] { report.addText("next", "done"); }); });
}

// Work that ends its thread: the stream takes further work.
static void endInDispatch(ReportLine &report) {
  mps::Stream *stream = mps::defaultStream();
  runActors("", {{"ending", [&] { mps::dispatchSync(stream, [] { pthread_exit(nullptr); }); }}});
  mps::dispatchSync(stream, [&] { report.addText("next", "done"); });
}

// A handle that has captured its tensor is told to capture it again.
static void captureTwice(ReportLine &report) {
  Tensor *tensor = makeTensor();
  {
    mps::TensorHandle handle(tensor);
    handle.takeOwnership();
    handle.takeOwnership();
    report.addNumber("referencesDuring", mps::countReferences(tensor));
  }
  report.addNumber("referencesAfter", mps::countReferences(tensor));
  mps::collectName(tensor);
}

// One piece of work is on a stream, and a second one or a wait for the stream comes to it; `then` is what the first
// does before it ends.
static void workAndComeTo(mps::Stream *stream, bool &isBusy, const std::function<void()> &second,
                          const std::function<void()> &then = [] {}) {
  runActors("one:work.begin two:start two:arrived|two:queue.contended one:work.end+50", {{"one", [&] {
               mps::dispatchSync(stream, [&] {
                 isBusy = true;
                 schedule_point("work.begin");
                 schedule_point("work.end");
                 then();
                 isBusy = false;
               });
             }}, {"two", second}});
}

static void dispatchTwice(ReportLine &report) {
  mps::Stream *stream = mps::defaultStream();
  bool isBusy = false, wasBusy = false;
  workAndComeTo(stream, isBusy, [&] {
    mps::dispatchSync(stream, [&] { wasBusy = isBusy; schedule_point("arrived"); });
  });
  report.addNumber("foundBusy", wasBusy);
}

static void synchronizeBusy(ReportLine &report) {
  bool isBusy = false, wasBusy = false;
  workAndComeTo(mps::defaultStream(), isBusy, [&] {
    mps::synchronize(mps::defaultStream());
    wasBusy = isBusy;
    schedule_point("arrived");
  });
  report.addNumber("foundBusy", wasBusy);
}

// Work is on the last stream of the pool, and asks the pool for one while another thread waits for all of them.
static void synchronizeAllBusy(ReportLine &report) {
  mps::Stream *last = nullptr;
  for (unsigned i = 0; i < mps::kWorkers; ++i) last = mps::takeStreamFromPool();
  bool isBusy = false, wasBusy = false;
  workAndComeTo(last, isBusy, [&] {
    mps::synchronizeAll();
    wasBusy = isBusy;
    schedule_point("arrived");
  }, [] { mps::takeStreamFromPool(); });
  report.addNumber("foundBusy", wasBusy);
}

static const Scenario scenarios[] = {
    {"collect-input", collectInput},   {"collect-weight", collectWeight}, {"collect-bias", collectBias},
    {"collect-output", collectOutput}, {"collect-during", collectDuring}, {"collect-before", collectBefore},
    {"count-references", countReferences}, {"encode-twice", encodeTwice},
    {"collect-while-waiting", collectWhileWaiting}, {"throw-in-dispatch", throwInDispatch},
    {"end-in-dispatch", endInDispatch}, {"capture-twice", captureTwice}, {"dispatch-twice", dispatchTwice},
    {"synchronize-busy", synchronizeBusy}, {"synchronize-all-busy", synchronizeAllBusy},
    {nullptr, nullptr},
};

static void addCounts(ReportLine &report) {
  const mps::CallCounts counts = mps::readCallCounts();
  report.addNumber("started", counts.started);
  report.addNumber("completed", counts.completed);
  report.addNumber("overlaps", counts.overlaps);
  report.addNumber("liveTensors", mps::countLiveTensors());
}

}  // namespace smoke

int main(int count, char **arguments) {
  return smoke::runScenarioProgram("smoke_mps", count, arguments, {smoke::scenarios}, smoke::addCounts);
}
