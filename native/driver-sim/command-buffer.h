// The command buffer: factories, commit, dealloc.
#pragma once

#include "driver-sim/objects.h"

namespace agx_sim {

/// A factory: the previous encoder again when it can be coalesced, else a new one of class `cls`. The
/// result is borrowed from the buffer, like an autoreleased one whose pool has been drained.
Encoder *makeEncoder(CommandBuffer *buffer, Class cls);
/// -commit.
void commitBuffer(CommandBuffer *buffer);
/// -encodeSignalEvent:value: and -encodeWaitForEvent:value:, which close the previous encoder.
void encodeEvent(CommandBuffer *buffer);
/// -dealloc, up to the memory itself.
void deallocBuffer(CommandBuffer *buffer);

}  // namespace agx_sim
