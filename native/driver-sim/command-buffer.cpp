// Nothing here takes a lock: `previous` is read, used and replaced as the driver does it.
#include "driver-sim/command-buffer.h"

#include "driver-sim/encoder.h"
#include "driver-sim/messages.h"
#include "driver-sim/object.h"
#include "driver-sim/observations.h"
#include "driver-sim/options.h"
#include "schedule/point.h"

namespace agx_sim {

// Ends the previous encoder and gives the buffer's reference on it back.
// @claim AGXV2_3!NoCommandBufferRace, AGXV2_3!NoUseAfterFree
static void commitEncoder(Encoder *previous) {
  if (previous == nullptr) return;
  sendMessage(previous, "deferredEndEncoding");
  releaseObject(previous);
}

// @claim AGXV2_3!NoStaleImpl, AGXV2_3!RetainsBalanced
static bool tryCoalescing(Encoder *previous, Class cls) {
  if (!canCoalesce(cls) || previous == nullptr || previous->isa != cls || !previous->ended) return false;
  return reinitEncoder(previous);
}

// @claim AGXV2_3!NoCommandBufferRace, AGXV2_3!ThreadEncoderHasRetain
Encoder *makeEncoder(CommandBuffer *buffer, Class cls) {
  const BufferScope scope(buffer);
  Encoder *previous = buffer->previous;
  reach_point("factory.loaded");
  reach_point("factory.use");
  raiseIfChosen();
  if (isRefusing()) return nullptr;
  if (tryCoalescing(previous, cls)) return previous;
  commitEncoder(previous);
  Encoder *encoder = createEncoder(cls);
  reach_point("factory.created");
  buffer->previous = encoder;
  return encoder;
}

// @claim AGXV2_3!NoCommandBufferRace
static void closePrevious(CommandBuffer *buffer) {
  const BufferScope scope(buffer);
  Encoder *previous = buffer->previous;
  reach_point("commit.loaded");
  reach_point("commit.use");
  raiseIfChosen();
  commitEncoder(previous);
  buffer->previous = nullptr;
}

// @claim AGXV2_3!NoCommandBufferRace
void commitBuffer(CommandBuffer *buffer) { closePrevious(buffer); }

// An event between two encoders: what was encoded before has to be closed first.
// @claim AGXV2_3!NoCommandBufferRace
void encodeEvent(CommandBuffer *buffer) { closePrevious(buffer); }

// @claim AGXV2_3!EncodersAreReleased, AGXV2_3!NoUseAfterFree
void deallocBuffer(CommandBuffer *buffer) {
  reach_point("buffer.dealloc");
  reach_point("buffer.close");
  commitEncoder(buffer->previous);
}

}  // namespace agx_sim
