// Life of an encoder: creation, coalescing, end, destruction, work.
#pragma once

#include "driver-sim/objects.h"

namespace agx_sim {

/// A new encoder of class `cls` with one reference and an impl.
Encoder *createEncoder(Class cls);
/// True when a factory may return an ended encoder of this class again: compute only.
bool canCoalesce(Class cls);
/// Returns the encoder to its initial state when it can be used again; false when it has no impl.
bool reinitEncoder(Encoder *encoder);
/// -endEncoding.
void endEncoder(Encoder *encoder);
/// -deferredEndEncoding: comes down to -destroyImpl.
void deferredEndEncoder(Encoder *encoder);
/// -destroyImpl.
void destroyEncoderImpl(Encoder *encoder);
/// -dealloc, up to the memory itself.
void deallocEncoder(Encoder *encoder);
/// The body of a work method: loads `_impl` and reads the field at `offset`, without a test.
void workOnEncoder(Encoder *encoder, unsigned long offset);

}  // namespace agx_sim
