// The driver's lists are read twice: once as declarations, once as message expressions. In an expression
// `offset:(Word)b` converts the sample `b` to the declared type, and the conversion notes what is sent.
#include "smoke/encoder-messages.h"

#include <objc/objc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver-sim/arguments.h"
#include "driver-sim/metal-types.h"

using namespace agx_sim;
using namespace application;

namespace smoke {

static thread_local unsigned long sent = 0;

// Bytes that differ from place to place and fill every register and stack slot.
template <class Value>
static Value sampleOf(unsigned long place) {
  Value value;
  unsigned char bytes[sizeof value];
  for (size_t i = 0; i < sizeof value; ++i) bytes[i] = (unsigned char)(17 * (place + 3) + 29 * i);
  memcpy(&value, bytes, sizeof value);
  return value;
}

template <>
float sampleOf<float>(unsigned long place) { return 1.5f + float(place); }

// What a BOOL may be.
template <>
unsigned char sampleOf<unsigned char>(unsigned long) { return 1; }

struct Sample {
  unsigned long place;
  template <class Value>
  operator Value() const {
    const Value value = sampleOf<Value>(place);
    sent += digestOf(place, value);
    return value;
  }
};

static const Sample a{0}, b{1}, c{2}, d{3}, e{4}, f{5}, g{6}, h{7}, i{8}, j{9};

}  // namespace smoke

#define WORK(field, signature, ...) - (void)signature;
@protocol ComputeMessages
#include "driver-sim/compute-methods.inc"
@end
@protocol BlitMessages
#include "driver-sim/blit-methods.inc"
@end
@protocol RenderMessages
#include "driver-sim/render-methods.inc"
@end
@protocol ParallelRenderMessages
#include "driver-sim/parallel-render-methods.inc"
@end
@protocol ResourceStateMessages
#include "driver-sim/resource-state-methods.inc"
@end
@protocol AccelerationStructureMessages
#include "driver-sim/acceleration-structure-methods.inc"
- (void)updateFence:(id)a;
@end
#undef WORK

namespace smoke {

#define WORK(field, signature, ...) \
  {#signature, field, [](application::Object encoder) { sent = 0; [(id<PROTOCOL>)encoder signature]; return sent; }},

#define PROTOCOL ComputeMessages
static const std::vector<Message> computeMessages = {
#include "driver-sim/compute-methods.inc"
};
#undef PROTOCOL
#define PROTOCOL BlitMessages
static const std::vector<Message> blitMessages = {
#include "driver-sim/blit-methods.inc"
};
#undef PROTOCOL
#define PROTOCOL RenderMessages
static const std::vector<Message> renderMessages = {
#include "driver-sim/render-methods.inc"
};
#undef PROTOCOL
#define PROTOCOL ParallelRenderMessages
static const std::vector<Message> parallelRenderMessages = {
#include "driver-sim/parallel-render-methods.inc"
};
#undef PROTOCOL
#define PROTOCOL ResourceStateMessages
static const std::vector<Message> resourceStateMessages = {
#include "driver-sim/resource-state-methods.inc"
};
#undef PROTOCOL
#define PROTOCOL AccelerationStructureMessages
static const std::vector<Message> accelerationStructureMessages = {
#include "driver-sim/acceleration-structure-methods.inc"
    WORK(0xb08, updateFence:(id)a, a)
};

static application::Object makeRenderSubEncoder(application::Object buffer) { return makeSubEncoder(makeParallelRenderEncoder(buffer)); }

const std::vector<EncoderKind> &encoderKinds() {
  static const std::vector<EncoderKind> kinds = {
      {"compute", makeComputeEncoder, computeMessages},
      {"blit", makeBlitEncoder, blitMessages},
      {"render", makeRenderEncoder, renderMessages},
      {"parallel-render", makeParallelRenderEncoder, parallelRenderMessages},
      {"sub-render", makeRenderSubEncoder, renderMessages},
      {"resource-state", makeResourceStateEncoder, resourceStateMessages},
      {"acceleration-structure", makeAccelerationStructureEncoder, accelerationStructureMessages},
  };
  return kinds;
}

[[noreturn]] static void endWithout(const char *what) {
  fprintf(stderr, "encoder-messages: no %s\n", what);
  abort();
}

const EncoderKind &findKind(const char *name) {
  for (const EncoderKind &kind : encoderKinds())
    if (strcmp(kind.name, name) == 0) return kind;
  endWithout(name);
}

const Message &findMessage(const EncoderKind &kind, const char *selector) {
  for (const Message &message : kind.messages)
    if (strncmp(message.signature, selector, strlen(selector)) == 0) return message;
  endWithout(selector);
}

}  // namespace smoke
