// The order is the protection: test the flag, register the handler, take the lock, make the streams.
#include "mps/pool-hold.h"

#include "mps/fork-guard.h"
#include "schedule/point.h"

namespace mps {

// @claim ForkSafety!NoInheritedUse
static void makeStreams(ProcessState &state) {
  reach_point("pool.making");
  for (Stream &stream : state.streams) makeQueue(stream.queue);
  reach_point("pool.filled");
  state.hasStreams = true;
  reach_point("pool.made");
}

// @claim ForkSafety!ForkedOpsRaise, ForkSafety!NoOrphanedWait, ForkSafety!NoInheritedUse
// @claim ForkSafety!EveryChildOpReturns
static ProcessState &admit() {
  admitCall();
  return ownState();
}

// @claim ForkSafety!ForkedOpsRaise, ForkSafety!NoOrphanedWait, ForkSafety!NoInheritedUse, ForkSafety!OneInPool
PoolHold::PoolHold() : state(admit()), hold(&state.poolLock, "pool.contended") {
  reach_point("pool.locked");
  if (!state.hasStreams) makeStreams(state);
}

// @claim ForkSafety!EveryChildOpReturns
PoolHold::~PoolHold() { reach_point("pool.leave"); }

}  // namespace mps
