// Every entry point begins with the fork guard: in PoolHold, or by name where no lock is needed.
#include "mps/streams.h"

#include <stdexcept>

#include "mps/fork-guard.h"
#include "mps/pool-hold.h"
#include "mps/stream-owner.h"

namespace mps {

// A thread's stream and the state it belongs to: after `startAfresh` the state is another.
struct CurrentStream {
  ProcessState *state;
  Stream *stream;
};
static __thread CurrentStream current = {nullptr, nullptr};

// @unmodelled round robin; the spec's streams are alike
static Stream *takeWorker(ProcessState &state) { return &state.streams[1 + state.handedOut++ % kWorkers]; }

// @claim ForkSafety!ForkedOpsRaise, ForkSafety!NoInheritedUse, ForkSafety!AfreshWorks
Stream *currentStream() {
  refuseForkedChild();
  if (current.state == &ownState()) return current.stream;
  const PoolHold pool;
  current = {&pool.state, takeWorker(pool.state)};
  return current.stream;
}

// @claim ForkSafety!ForkedOpsRaise, ForkSafety!NoInheritedUse, ForkSafety!AfreshWorks
Stream *takeStreamFromPool() {
  const PoolHold pool;
  return takeWorker(pool.state);
}

// @claim ForkSafety!NoInheritedUse
CommandQueue &findOwnQueue(Stream *stream) {
  const PoolHold pool;
  for (Stream &own : pool.state.streams)
    if (&own == stream) return own.queue;
  throw std::invalid_argument("this stream is not one of this process");
}

// @claim ForkSafety!ForkedOpsRaise, ForkSafety!NoInheritedUse, ForkSafety!AfreshWorks
void setCurrentStream(Stream *stream) {
  findOwnQueue(stream);
  current = {&ownState(), stream};
}

// @claim ForkSafety!ForkedOpsRaise, ForkSafety!NoInheritedUse, ForkSafety!NoOrphanedWait
// @claim ForkSafety!EveryChildOpReturns
void synchronize(Stream *stream) { waitUntilIdle(findOwnQueue(stream)); }

// @unmodelled the streams of the pool, which never move
static ProcessState &findPool() {
  const PoolHold pool;
  return pool.state;
}

// @claim ForkSafety!ForkedOpsRaise, ForkSafety!NoInheritedUse, ForkSafety!NoOrphanedWait
// @claim ForkSafety!EveryChildOpReturns
void synchronizeAll() {
  for (Stream &stream : findPool().streams) waitUntilIdle(stream.queue);
}

}  // namespace mps
