// A work method with its arguments.
#pragma once

#include "driver-sim/arguments.h"
#include "driver-sim/encoder.h"
#include "driver-sim/metal-types.h"
#include "driver-sim/observations.h"

namespace agx_sim {

/// Works on `encoder` as a method does that reads the field at `offset`, and notes what it was called with.
// @claim AGXV2_3!NoNullImplDereference, AGXV2_3!NoStaleImpl, AGXV2_3!GuardedDriverCalls
template <class... Value>
void work(Encoder *encoder, unsigned long offset, const Value &...arguments) {
  workOnEncoder(encoder, offset);
  noteArguments(offset, digestOfAll(arguments...));
}

}  // namespace agx_sim
