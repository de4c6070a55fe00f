// The interpreter's lock, and its collector, which runs only while the lock is free.
// Lock order: the interpreter's lock is given back before the encoding lock is taken.
#pragma once

#include "mps/tensor.h"

namespace mps {

/// Holds the interpreter's lock until `release` or the end of the object's life.
class InterpreterHold {
 public:
  InterpreterHold();
  ~InterpreterHold();
  void release();

 private:
  bool isHeld;
};

/// The collector: drops a name the program no longer has.
void collectName(Tensor *tensor);

}  // namespace mps
