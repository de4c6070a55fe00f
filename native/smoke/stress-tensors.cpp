// Threads whose calls share their tensors. Each thread has one name of each tensor, and drops some of them
// while a call of its own is between capture and encoding: the earliest moment the assumption on callers
// (A-CALLER) allows. Whoever drops the last name of a tensor frees it.
#include <vector>

#include "mps/call-counts.h"
#include "mps/interpreter-lock.h"
#include "mps/layer-norm.h"
#include "smoke/stress.h"

namespace smoke {

using mps::Tensor;

static const unsigned kTensors = 6;
static const unsigned kOperations = 12;
static const float kElements[] = {1, 2, 3, 4, 5, 6, 7, 8};

struct TensorRound {
  Tensor *output;  // every call writes it, and the round keeps a name of it
  std::vector<std::vector<Tensor *>> names;  // of each thread
};

static thread_local std::vector<Tensor *> dropped;  // names to drop at the next capture

static void *beginTensorRound(unsigned threads) {
  TensorRound *round = new TensorRound;
  round->output = mps::createTensor(kElements, 8);
  round->names.resize(threads);
  for (unsigned i = 0; i < kTensors; ++i) {
    Tensor *tensor = mps::createTensor(kElements, 8);
    for (unsigned k = 1; k < threads; ++k) mps::retainTensor(tensor);
    for (std::vector<Tensor *> &names : round->names) names.push_back(tensor);
  }
  return round;
}

static void finishTensorRound(void *given) {
  TensorRound *round = static_cast<TensorRound *>(given);
  mps::collectName(round->output);
  delete round;
}

// One of three operations drops a name, the last one all that are left.
static void callAndDrop(void *given, unsigned thread, unsigned step, Draws &draws) {
  TensorRound &round = *static_cast<TensorRound *>(given);
  std::vector<Tensor *> &names = round.names[thread];
  const unsigned first = draws.below(kTensors), second = draws.below(kTensors), third = draws.below(kTensors);
  const bool drops = draws.below(3) == 0 && names.size() > 1;
  const auto pick = [&](unsigned number) { return names[number % names.size()]; };
  const mps::LayerNormCall call = {pick(first), pick(second), pick(third), round.output};
  if (step + 1 == kOperations) dropped = names;
  else if (drops) dropped.push_back(pick(first));
  const std::vector<Tensor *> left = dropped;
  mps::encodeLayerNorm(call);
  for (Tensor *tensor : left)
    for (size_t i = 0; i < names.size(); ++i)
      if (names[i] == tensor) names.erase(names.begin() + long(i--));
}

const StressMix stressMixes[] = {
    {"call-and-drop", kOperations, beginTensorRound, callAndDrop, finishTensorRound},
    {nullptr, 0, nullptr, nullptr, nullptr},
};

void addStressReport(ReportLine &report) {
  const mps::CallCounts counts = mps::readCallCounts();
  report.addNumber("calls", counts.completed);
  report.addNumber("unfinishedCalls", counts.started - counts.completed);
  report.addNumber("overlaps", counts.overlaps);
  report.addNumber("liveTensors", mps::countLiveTensors());
}

}  // namespace smoke

// Stands in for the schedule engine: tells where a call is.
extern "C" __attribute__((visibility("default"))) void schedule_point(const char *point) {
  if (__builtin_strcmp(point, "call.captured") != 0) return;
  for (mps::Tensor *tensor : smoke::dropped) mps::collectName(tensor);
  smoke::dropped.clear();
}
