// A call's hold on one argument: borrowed from the caller at first, owned once the call has captured it.
#pragma once

#include "mps/tensor.h"

namespace mps {

class TensorHandle {
 public:
  /// Borrows: the tensor lives only as long as somebody else keeps it.
  explicit TensorHandle(Tensor *tensor);
  /// Gives the reference back when the handle owns one.
  ~TensorHandle();
  TensorHandle(const TensorHandle &) = delete;
  TensorHandle &operator=(const TensorHandle &) = delete;
  /// Takes a reference, unless the handle owns one. Call while the caller's own is still certain: with the
  /// interpreter lock held.
  void takeOwnership();
  /// The tensor.
  Tensor *get() const;

 private:
  Tensor *tensor;
  bool isOwner;
};

}  // namespace mps
