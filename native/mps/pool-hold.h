// A visit to the stream pool: what every entry point that needs a stream begins with.
#pragma once

#include "mps/mutex-hold.h"
#include "mps/process-state.h"

namespace mps {

/// Raises in a forked child; else holds the pool's lock, with the streams made.
class PoolHold {
 public:
  PoolHold();
  ~PoolHold();
  ProcessState &state;

 private:
  MutexHold hold;
};

}  // namespace mps
