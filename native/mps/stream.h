// A stream: a queue, and its place in the pool.
#pragma once

#include "mps/command-queue.h"

namespace mps {

struct Stream {
  CommandQueue queue;
};

}  // namespace mps
