// Capture under the interpreter's lock, give that lock back, encode on the thread's stream under the
// encoding lock.
// Build option MPS_BORROW_TENSORS (a control): the arguments stay borrowed.
#include "mps/layer-norm.h"

#include <math.h>

#include "mps/call-counts.h"
#include "mps/encoding-lock.h"
#include "mps/fork-guard.h"
#include "mps/interpreter-lock.h"
#include "mps/streams.h"
#include "mps/tensor-handle.h"
#include "schedule/point.h"

namespace mps {

struct Arguments {
  TensorHandle input, weight, bias, output;
};

// @claim TensorLifetime!OwnedTensorIsValid, TensorLifetime!NoUseAfterFreeCrashes
// @claim TensorLifetime!EncodingImpliesValidBuffer
static void captureArguments(Arguments &arguments) {
  reach_point("call.capture");
#ifndef MPS_BORROW_TENSORS
  arguments.input.takeOwnership();
  arguments.weight.takeOwnership();
  arguments.bias.takeOwnership();
  arguments.output.takeOwnership();
#else
  (void)arguments;
#endif
}

// @unmodelled arithmetic
static float computeMean(const float *elements, size_t count) {
  float sum = 0;
  for (size_t i = 0; i < count; ++i) sum += elements[i];
  return sum / float(count);
}

// @unmodelled arithmetic
static float computeScale(const float *elements, size_t count, float mean) {
  float sum = 0;
  for (size_t i = 0; i < count; ++i) sum += (elements[i] - mean) * (elements[i] - mean);
  return 1 / sqrtf(sum / float(count) + 1e-5f);
}

// Every buffer is used up to the last line: an argument must be valid until encoding ends.
// @claim TensorLifetime!EncodingImpliesValidBuffer, TensorLifetime!NoUseAfterFreeCrashes
static void encode(const Arguments &arguments) {
  const EncodingScope scope;
  reach_point("encode.begin");
  const size_t count = countElements(arguments.input.get());
  const float *input = bindBuffer(arguments.input.get());
  const float *weight = bindBuffer(arguments.weight.get());
  const float *bias = bindBuffer(arguments.bias.get());
  float *output = bindBuffer(arguments.output.get());
  reach_point("encode.bound");
  reach_point("encode.use");
  const float mean = computeMean(input, count);
  const float scale = computeScale(input, count, mean);
  for (size_t i = 0; i < count; ++i) output[i] = (input[i] - mean) * scale * weight[i] + bias[i];
}

// @claim TensorLifetime!OneEncodes, TensorLifetime!EveryCallCompletes
static void encodeUnderLock(const Arguments &arguments) {
  const EncodingHold heldAcrossEncoding;
  encode(arguments);
}

// @claim TensorLifetime!NoUseAfterFreeCrashes, TensorLifetime!EncodingImpliesValidBuffer
// @claim TensorLifetime!EveryCallCompletes
// @claim ForkSafety!ForkedOpsRaise, ForkSafety!NoOrphanedWait, ForkSafety!EveryChildOpReturns
void encodeLayerNorm(const LayerNormCall &call) {
  admitCall();
  const CallScope scope;
  InterpreterHold interpreter;
  Arguments arguments{TensorHandle(call.input), TensorHandle(call.weight), TensorHandle(call.bias), TensorHandle(call.output)};
  reach_point("call.named");
  captureArguments(arguments);
  interpreter.hold.release();
  reach_point("call.captured");
  reach_point("call.dispatch");
  dispatchSync(currentStream(), [&arguments] { encodeUnderLock(arguments); });
}

}  // namespace mps
