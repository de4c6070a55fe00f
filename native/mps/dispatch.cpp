// An exception must not cross the boundary of a piece of work: it is caught inside and thrown again
// outside, when the stream has been given back. The end of the thread, by pthread_exit or cancellation,
// unwinds as an exception does, and may not be caught for good.
#include <cxxabi.h>

#include <exception>

#include "mps/mutex-hold.h"
#include "mps/profiling.h"
#include "mps/statistics.h"
#include "mps/stream-owner.h"
#include "mps/streams.h"
#include "schedule/point.h"

namespace mps {

// @claim TensorLifetime!EveryCallCompletes
static std::exception_ptr runOnQueue(CommandQueue &queue, const std::function<void()> &work) {
  const MutexHold serial(&queue.serial, "queue.contended");
  submit(queue);
  try {
    work();
#if defined(__GLIBCXX__)
  } catch (const abi::__forced_unwind &) {
    throw;
#endif
  } catch (...) {
    return std::current_exception();
  }
  return nullptr;
}

// @claim ForkSafety!ForkedOpsRaise, ForkSafety!NoInheritedUse, ForkSafety!NoOrphanedWait
// @claim ForkSafety!EveryChildOpReturns, TensorLifetime!EveryCallCompletes, SignalSafety!NothingLost
void dispatchSync(Stream *stream, const std::function<void()> &work) {
  const std::exception_ptr failure = runOnQueue(findOwnQueue(stream), work);
  recordOperation();
  takeInterrupt();
  if (failure != nullptr) std::rethrow_exception(failure);
}

}  // namespace mps
