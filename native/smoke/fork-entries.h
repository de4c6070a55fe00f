// Every entry point of native/mps, called one after the other.
#pragma once

#include <string>

#include "smoke/fork-child.h"

namespace mps {
struct Stream;
}

namespace smoke {

/// Calls every entry point, on `stream` where one takes a stream, and says for each what came of it:
/// "worked", "null", "raised" when it raised as documented, "refused" for a stream of another process.
/// Then says the documented message, when one was seen, and the uses of inherited queues.
void callEveryEntry(ChildVoice &voice, mps::Stream *stream);

/// What comes of a piece of work on the stream that `find` returns, in the words above.
std::string tryStream(const std::function<mps::Stream *()> &find);

/// Whether every entry point works in this process.
bool doEntriesWork();

}  // namespace smoke
