// With coalescing, a first end leaves the impl for a factory that may return the encoder again, and a
// second end destroys it; without, the first end does.
#include "driver-sim/encoder.h"

#include <string.h>

#include "driver-sim/impl-pool.h"
#include "driver-sim/ivar-check.h"
#include "driver-sim/messages.h"
#include "driver-sim/object.h"
#include "driver-sim/observations.h"
#include "driver-sim/options.h"
#include "driver-sim/simulator.h"
#include "schedule/point.h"

namespace agx_sim {

static const unsigned long kResourceList = 0x5d8;
static const unsigned long kResourceGroupUsage = 0x638;

// @claim AGXV2_3!ThreadEncoderHasRetain, AGXV2_3!EncodersAreReleased
Encoder *createEncoder(Class cls) {
  Encoder *encoder = static_cast<Encoder *>(allocateObject(cls));
  encoder->implOffset = long(findImplOffset(cls));
  implOf(encoder) = takeImpl(encoder);
  note(Seen::LiveEncoders);
  note(Seen::OwnedImpls);
  return encoder;
}

// @claim AGXV2_3!NoStaleImpl
bool canCoalesce(Class cls) { return isCoalescing() && strcmp(class_getName(cls), "AGXG16XFamilyComputeContext") == 0; }

// The impl is loaded and used without a lock: a second end in between destroys what is used.
// @claim AGXV2_3!NoStaleImpl
bool reinitEncoder(Encoder *encoder) {
  Impl *impl = implOf(encoder);
  if (impl == nullptr) return false;
  reach_point("reinit.loaded");
  reach_point("reinit.use");
  impl->fields[kResourceGroupUsage] = 0;
  encoder->ended = 0;
  return true;
}

// @claim AGXV2_3!GuardedDriverCalls, AGXV2_3!NoStaleImpl, AGXV2_3!NoNullImplDereference
void endEncoder(Encoder *encoder) {
  const BodyScope body;
  const volatile Impl *impl = implOf(encoder);
  reach_point("end.loaded");
  reach_point("end.use");
  (void)impl->fields[kResourceList];
  raiseIfChosen();
  const bool isFirstEnd = !encoder->ended;
  encoder->ended = 1;
  if (canCoalesce(encoder->isa) && isFirstEnd) return;
  sendMessage(encoder, "deferredEndEncoding");
}

// @claim AGXV2_3!NoStaleImpl
void deferredEndEncoder(Encoder *encoder) { sendMessage(encoder, "destroyImpl"); }

// @claim AGXRaceFix!NoRaceWindow, AGXV2_3!NoStaleImpl
void destroyEncoderImpl(Encoder *encoder) {
  encoder->ended = 1;
  destroyImpl(encoder, currentLayout());
}

// @claim AGXV2_3!NoUseAfterFree, AGXV2_3!EncodersAreReleased, AGXRaceFix!NoLeak
void deallocEncoder(Encoder *encoder) {
  sendMessage(encoder, "destroyImpl");
  note(Seen::LiveEncoders, -1);
}

}  // namespace agx_sim

// @unmodelled compares two pointers for a test
int agx_sim_share_impl(const void *first, const void *second) {
  const auto find = [](const void *encoder) { return implOf(static_cast<agx_sim::Encoder *>(const_cast<void *>(encoder))); };
  return find(first) != nullptr && find(first) == find(second);
}
