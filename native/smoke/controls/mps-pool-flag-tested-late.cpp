// A control: the pool's lock is taken first, and the flag tested under it.
#include "mps/fork-guard.h"
#include "mps/pool-hold.h"
#include "schedule/point.h"

namespace mps {

PoolHold::PoolHold() : state(ownState()), hold(&state.poolLock, "pool.contended") {
  reach_point("pool.locked");
  refuseForkedChild();
  registerForkHandler();
  if (state.hasStreams) return;
  for (Stream &stream : state.streams) makeQueue(stream.queue);
  state.hasStreams = true;
}

PoolHold::~PoolHold() { reach_point("pool.leave"); }

}  // namespace mps
