// A control: threads visit the pool side by side.
#include "mps/fork-guard.h"
#include "mps/pool-hold.h"
#include "schedule/point.h"

namespace mps {

static ProcessState &admit() {
  refuseForkedChild();
  registerForkHandler();
  return ownState();
}

PoolHold::PoolHold() : state(admit()), hold(nullptr, "pool.contended") {
  if (state.hasStreams) return;
  reach_point("pool.making");
  for (Stream &stream : state.streams) makeQueue(stream.queue);
  reach_point("pool.filled");
  state.hasStreams = true;
}

PoolHold::~PoolHold() {}

}  // namespace mps
