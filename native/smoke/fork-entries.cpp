// Every call is made on its own: that one raises says nothing about the next.
#include "smoke/fork-entries.h"

#include <stdexcept>

#include "mps/command-queue.h"
#include "mps/fork-guard.h"
#include "mps/layer-norm.h"
#include "mps/profiling.h"
#include "mps/streams.h"

namespace smoke {

static const float kElements[] = {1, 2, 3, 4};

static mps::Tensor *makeTensor() { return mps::createTensor(kElements, 4); }

static void encodeOnce() { mps::encodeLayerNorm({makeTensor(), makeTensor(), makeTensor(), makeTensor()}); }

static const char *describe(const mps::Stream *stream) { return stream == nullptr ? "null" : "worked"; }

// What a call came to; the message of an exception is kept when it is the guard's.
static std::string attempt(const std::function<const char *()> &call, std::string &message) {
  try {
    return call();
  } catch (const mps::ForkedChildError &error) {
    message = error.what();
    return "raised";
  } catch (const std::invalid_argument &) {
    return "refused";
  }
}

struct Entry {
  const char *name;
  const char *(*call)(mps::Stream *stream);
};

static const Entry entries[] = {
    {"currentStream", [](mps::Stream *) { return describe(mps::currentStream()); }},
    {"defaultStream", [](mps::Stream *) { return describe(mps::defaultStream()); }},
    {"takeStreamFromPool", [](mps::Stream *) { return describe(mps::takeStreamFromPool()); }},
    {"setCurrentStream", [](mps::Stream *stream) { mps::setCurrentStream(stream); return "worked"; }},
    {"synchronize", [](mps::Stream *stream) { mps::synchronize(stream); return "worked"; }},
    {"synchronizeAll", [](mps::Stream *) { mps::synchronizeAll(); return "worked"; }},
    {"dispatchSync", [](mps::Stream *stream) { mps::dispatchSync(stream, [] {}); return "worked"; }},
    {"encodeLayerNorm", [](mps::Stream *) { encodeOnce(); return "worked"; }},
    {"startTrace", [](mps::Stream *) { mps::startTrace(); return "worked"; }},
    {"takeInterrupt", [](mps::Stream *) { mps::takeInterrupt(); return "worked"; }},
    {"readStatistics", [](mps::Stream *) { mps::readStatistics(); return "worked"; }},
    {"stopTrace", [](mps::Stream *) { mps::stopTrace(); return "worked"; }},
};

void callEveryEntry(ChildVoice &voice, mps::Stream *stream) {
  std::string message;
  for (const Entry &entry : entries) voice.say(entry.name, attempt([&] { return entry.call(stream); }, message));
  if (!message.empty()) voice.say("message", message);
  voice.say("inheritedUses", mps::countInheritedUses() == 0 ? "none" : "some");
}

std::string tryStream(const std::function<mps::Stream *()> &find) {
  std::string message;
  return attempt([&] { mps::dispatchSync(find(), [] {}); return "worked"; }, message);
}

bool doEntriesWork() {
  std::string message;
  mps::Stream *stream = mps::defaultStream();
  for (const Entry &entry : entries)
    if (attempt([&] { return entry.call(stream); }, message) != "worked") return false;
  return true;
}

}  // namespace smoke
