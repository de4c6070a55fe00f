// MPSCommandBuffer: wraps a command buffer of the driver and can go on with a fresh one after a commit.
#pragma once

#include "driver-sim/objects.h"

namespace agx_sim {

/// A new object of class `cls` with one reference, the caller's. It wraps `wrapped`, on which it takes a
/// reference, or a fresh command buffer when that is null.
MpsBuffer *makeMpsBuffer(Class cls, CommandBuffer *wrapped);
/// -commit: sends -commit to the wrapped buffer.
void commitMpsBuffer(MpsBuffer *buffer);
/// -commitAndContinue: commits the wrapped buffer, gives it back, and wraps a fresh one.
void commitAndContinue(MpsBuffer *buffer);
/// -dealloc, up to the memory itself.
void deallocMpsBuffer(MpsBuffer *buffer);

}  // namespace agx_sim
