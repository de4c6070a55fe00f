// Build option MPS_KEEP_OWNERSHIP (a control): an owner never gives its reference back.
#include "mps/tensor-handle.h"

namespace mps {

// @claim TensorLifetime!RefcountConsistent
TensorHandle::TensorHandle(Tensor *borrowed) : tensor(borrowed), isOwner(false) {}

// @claim TensorLifetime!EveryTensorIsFreed, TensorLifetime!RefcountConsistent
TensorHandle::~TensorHandle() {
#ifndef MPS_KEEP_OWNERSHIP
  if (isOwner) releaseTensor(tensor);
#endif
}

// @claim TensorLifetime!OwnedTensorIsValid, TensorLifetime!NoUseAfterFreeCrashes
// @claim TensorLifetime!EncodingImpliesValidBuffer
void TensorHandle::takeOwnership() {
  if (isOwner) return;
  retainTensor(tensor);
  isOwner = true;
}

// @unmodelled hands out the pointer; every use of it is tagged where it happens
Tensor *TensorHandle::get() const { return tensor; }

}  // namespace mps
