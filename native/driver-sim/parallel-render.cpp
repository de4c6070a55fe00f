// A parent keeps its sub-encoders in a list; it loads its own `_impl` like any other work method.
#include "driver-sim/parallel-render.h"

#include "driver-sim/encoder.h"
#include "driver-sim/messages.h"
#include "driver-sim/object.h"

namespace agx_sim {

static const unsigned long kSubEncoders = 0x910;

// @claim AGXV2_3!ThreadEncoderHasRetain, AGXV2_3!NoNullImplDereference
Encoder *makeSubEncoder(Encoder *parent, Class cls) {
  workOnEncoder(parent, kSubEncoders);
  Encoder *encoder = createEncoder(cls);
  encoder->sibling = parent->children;
  parent->children = encoder;
  return encoder;
}

// @claim AGXV2_3!EncodersAreReleased, AGXV2_3!NoUseAfterFree
void releaseSubEncoders(Encoder *parent) {
  Encoder *child = parent->children;
  parent->children = nullptr;
  while (child != nullptr) {
    Encoder *next = child->sibling;
    sendMessage(child, "deferredEndEncoding");
    releaseObject(child);
    child = next;
  }
}

}  // namespace agx_sim
