// Pairs of threads in the tensor part: calls and the collector.
#include <string>

#include "mps/call-counts.h"
#include "mps/interpreter-lock.h"
#include "mps/layer-norm.h"
#include "smoke/explore.h"

namespace smoke {

using mps::LayerNormCall;
using mps::Tensor;

static const float kElements[] = {1, 2, 3, 4, 5, 6, 7, 8};

static Tensor *makeTensor() { return mps::createTensor(kElements, 8); }

static LayerNormCall makeCall() { return LayerNormCall{makeTensor(), makeTensor(), makeTensor(), makeTensor()}; }

// Drops the names that are left; then no tensor may be.
static std::string judgeCalls(const std::vector<Tensor *> &named) {
  for (Tensor *tensor : named) mps::collectName(tensor);
  const mps::CallCounts counts = mps::readCallCounts();
  std::string faults;
  if (counts.overlaps != 0) faults += "overlaps " + std::to_string(counts.overlaps) + " ";
  if (counts.completed != counts.started) faults += "calls not completed " + std::to_string(counts.started - counts.completed) + " ";
  if (mps::countLiveTensors() != 0) faults += "live tensors " + std::to_string(mps::countLiveTensors());
  return faults;
}

// The caller names its arguments only while they exist, and keeps the interpreter's lock from then until
// it has captured them (assumption A-GIL): its first step is both, up to "call.named".
static Setting callAndCollector() {
  const LayerNormCall call = makeCall();
  bool *isCollected = new bool(false);
  const auto collect = [=] { *isCollected = true; mps::collectName(call.input); };
  const auto callUnlessCollected = [=] { if (!*isCollected) mps::encodeLayerNorm(call); };
  return Setting{{{"caller", callUnlessCollected}, {"collector", collect}},
                 [=] { return judgeCalls({call.weight, call.bias, call.output}); }};
}

static Setting callAndCall() {
  const LayerNormCall call = makeCall();
  return Setting{{{"one", [=] { mps::encodeLayerNorm(call); }}, {"two", [=] { mps::encodeLayerNorm(call); }}},
                 [=] { return judgeCalls({call.input, call.weight, call.bias, call.output}); }};
}

const std::vector<ExploredProgram> exploredPrograms = {
    {"call-and-collector", {"call.named", "call.captured", "encode.begin", "encode.bound", "collected"}, callAndCollector},
    {"call-and-call", {"call.named", "call.captured", "encode.begin", "encode.bound"}, callAndCall},
};

}  // namespace smoke
