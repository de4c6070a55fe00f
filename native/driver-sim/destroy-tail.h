// destroyImpl's tail as data: what it does with the impl after the capacity test, in which order.
#pragma once

#include "driver-sim/objects.h"

namespace agx_sim {

/// One step of the tail. `Forget` is `mov x20, xzr`: the local copy of the impl becomes NULL.
enum class TailStep { Push, Unlock, Free, StoreNull, Forget, End };

struct Layout {
  const char *name;
  TailStep notFull[6];
  TailStep full[6];
  bool testsCapacity;
};

/// The layout of that name, or null. The documented ones are "original", "nine-word" and "leak-free";
/// "no-capacity-test", "unpatched-branch", "no-unlock" and "no-forget" each lack one step of a correct one.
const Layout *findLayout(const char *name);
/// Takes the impl away from the encoder as `layout` has it. NULL is tolerated.
void destroyImpl(Encoder *encoder, const Layout &layout);

}  // namespace agx_sim
