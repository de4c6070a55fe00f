// The interpreter's lock, and its collector, which runs only while the lock is free.
// Lock order: the interpreter's lock is given back before any other lock is taken.
#pragma once

#include "mps/mutex-hold.h"
#include "mps/tensor.h"

namespace mps {

/// Holds the interpreter's lock until `hold` is released, or to the end of the object's life.
struct InterpreterHold {
  InterpreterHold();
  MutexHold hold;
};

/// The collector: drops a name the program no longer has.
void collectName(Tensor *tensor);

}  // namespace mps
