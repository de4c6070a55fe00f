// A control: an entry point that returns null in a forked child, as earlier versions did.
#include "mps/fork-guard.h"
#include "mps/pool-hold.h"
#include "mps/streams.h"

namespace mps {

Stream *defaultStream() {
  if (isInForkedChild()) return nullptr;
  const PoolHold pool;
  return &pool.state.streams[0];
}

}  // namespace mps
