// The layer-norm entry point.
#pragma once

#include "mps/tensor.h"

namespace mps {

/// The tensors of one call, all named by the caller when the call begins.
struct LayerNormCall {
  Tensor *input;
  Tensor *weight;
  Tensor *bias;
  Tensor *output;
};

/// Normalises `input` over its elements, scales by `weight`, shifts by `bias`, writes `output`; all four
/// have the same number of elements. The call captures its arguments while it holds the interpreter's
/// lock; after that the caller may drop its names at any moment. It encodes on the calling thread's
/// stream, and throws ForkedChildError in a forked child, before it takes any lock (fork-guard.h).
void encodeLayerNorm(const LayerNormCall &call);

}  // namespace mps
