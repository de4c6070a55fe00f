// The mutex is the process's own; see process-state.h. A real interpreter renews its lock in a forked
// child by itself.
#include "mps/interpreter-lock.h"

#include "mps/process-state.h"
#include "schedule/point.h"

namespace mps {

// @claim TensorLifetime!NoUseAfterFreeCrashes
InterpreterHold::InterpreterHold() : hold(&ownState().interpreterLock, "interpreter.contended") {}

// @claim TensorLifetime!EveryTensorIsFreed, TensorLifetime!RefcountConsistent
void collectName(Tensor *tensor) {
  InterpreterHold heldAcrossCollection;
  releaseTensor(tensor);
  reach_point("collected");
}

}  // namespace mps
