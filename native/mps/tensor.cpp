// The count is atomic and the free happens in the decrement that reaches zero.
#include "mps/tensor.h"

#include <stdlib.h>
#include <string.h>

namespace mps {

struct Tensor {
  long references;
  size_t count;
  float *buffer;
};

static long liveTensors = 0;

// @claim TensorLifetime!RefcountConsistent
Tensor *createTensor(const float *elements, size_t count) {
  Tensor *tensor = static_cast<Tensor *>(malloc(sizeof(Tensor)));
  float *buffer = static_cast<float *>(malloc(count * sizeof(float)));
  if (tensor == nullptr || buffer == nullptr) abort();
  memcpy(buffer, elements, count * sizeof(float));
  *tensor = Tensor{1, count, buffer};
  __atomic_add_fetch(&liveTensors, 1, __ATOMIC_RELAXED);
  return tensor;
}

// @claim TensorLifetime!RefcountConsistent, TensorLifetime!OwnedTensorIsValid
void retainTensor(Tensor *tensor) {
  __atomic_add_fetch(&tensor->references, 1, __ATOMIC_RELAXED);
}

// @claim TensorLifetime!EveryTensorIsFreed
static void freeTensor(Tensor *tensor) {
  free(tensor->buffer);
  free(tensor);
  __atomic_sub_fetch(&liveTensors, 1, __ATOMIC_RELAXED);
}

// @claim TensorLifetime!RefcountConsistent, TensorLifetime!EveryTensorIsFreed
// @claim TensorLifetime!OwnedTensorIsValid
void releaseTensor(Tensor *tensor) {
  if (__atomic_sub_fetch(&tensor->references, 1, __ATOMIC_ACQ_REL) != 0) return;
  freeTensor(tensor);
}

// @claim TensorLifetime!EncodingImpliesValidBuffer
float *bindBuffer(Tensor *tensor) { return tensor->buffer; }

// @unmodelled a size; the spec's tensors have none
size_t countElements(const Tensor *tensor) { return tensor->count; }

// @unmodelled reads a count for a test
long countReferences(const Tensor *tensor) { return __atomic_load_n(&tensor->references, __ATOMIC_RELAXED); }

// @unmodelled reads a count for a test
long countLiveTensors() { return __atomic_load_n(&liveTensors, __ATOMIC_RELAXED); }

}  // namespace mps
