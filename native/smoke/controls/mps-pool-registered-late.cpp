// A control: the handler is registered by whoever finds streams, so not before they exist.
#include "mps/fork-guard.h"
#include "mps/pool-hold.h"
#include "schedule/point.h"

namespace mps {

static ProcessState &admit() {
  refuseForkedChild();
  return ownState();
}

PoolHold::PoolHold() : state(admit()), hold(&state.poolLock, "pool.contended") {
  if (!state.hasStreams) {
    for (Stream &stream : state.streams) makeQueue(stream.queue);
    state.hasStreams = true;
  }
  hold.release();
  reach_point("pool.made");
}

PoolHold::~PoolHold() {
  reach_point("pool.leave");
  registerForkHandler();
}

}  // namespace mps
