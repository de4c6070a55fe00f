// The wrapped buffer is owned. No queue holds on to a committed buffer here: it goes when its owner lets go.
#include "driver-sim/mps-buffer.h"

#include "driver-sim/messages.h"
#include "driver-sim/object.h"
#include "schedule/point.h"

namespace agx_sim {

// @unmodelled a buffer like any other
static CommandBuffer *makeBuffer() {
  const Class cls = static_cast<Class>(objc_lookUpClass("AGXG16XFamilyCommandBuffer"));
  return static_cast<CommandBuffer *>(allocateObject(cls));
}

// @unmodelled a second name for a buffer; in the spec a buffer has one
MpsBuffer *makeMpsBuffer(Class cls, CommandBuffer *wrapped) {
  MpsBuffer *buffer = static_cast<MpsBuffer *>(allocateObject(cls));
  if (wrapped != nullptr) retainObject(wrapped);
  buffer->wrapped = wrapped != nullptr ? wrapped : makeBuffer();
  return buffer;
}

// @claim AGXV2_3!NoCommandBufferRace
void commitMpsBuffer(MpsBuffer *buffer) { sendMessage(buffer->wrapped, "commit"); }

// @claim AGXV2_3!NoCommandBufferRace, AGXV2_3!EncodersAreReleased
void commitAndContinue(MpsBuffer *buffer) {
  CommandBuffer *committed = buffer->wrapped;
  sendMessage(committed, "commit");
  reach_point("continue.loaded");
  reach_point("continue.use");
  buffer->wrapped = makeBuffer();
  releaseObject(committed);
}

// @claim AGXV2_3!EncodersAreReleased
void deallocMpsBuffer(MpsBuffer *buffer) { releaseObject(buffer->wrapped); }

}  // namespace agx_sim
