// A reference-counted tensor with a buffer, freed with its last reference.
#pragma once

#include <stddef.h>

namespace mps {

struct Tensor;

/// A tensor of `count` elements, copied from `elements`, with one reference, which is the caller's name.
Tensor *createTensor(const float *elements, size_t count);
/// Adds a reference.
void retainTensor(Tensor *tensor);
/// Takes a reference away; the last one frees buffer and tensor.
void releaseTensor(Tensor *tensor);
/// The buffer's elements. The tensor must be alive.
float *bindBuffer(Tensor *tensor);
/// Number of elements. The tensor must be alive.
size_t countElements(const Tensor *tensor);
/// References now. The tensor must be alive.
long countReferences(const Tensor *tensor);
/// Tensors created and not freed.
long countLiveTensors();

}  // namespace mps
