// The simulated driver's objects, as C++ sees them. classes.mm declares Objective-C classes with the
// same ivars in the same places and checks that at load.
#pragma once

#include <objc/objc.h>
#include <objc/runtime.h>
#include <stddef.h>

namespace agx_sim {

struct Encoder;

/// A Metal size, passed by value.
struct Size {
  unsigned long width, height, depth;
};

/// A Foundation range, passed by value.
struct Range {
  unsigned long location, length;
};

/// The C++ part of an encoder. The documented field offsets lie inside it, so a NULL `_impl` faults at
/// the offset itself, and a freed one is seen by AddressSanitizer.
struct Impl {
  unsigned char fields[0x4000];
  Encoder *owner;  // the encoder that got it last; tells an alias from the real thing
};

/// What every object begins with.
struct Object {
  Class isa;
};

/// AGXG16XFamilyComputeContext and AGXG16XFamilyBlitContext. `_impl` lies at the documented offset.
struct Encoder : Object {
  long ended;
  char opaque[104];
  Impl *impl;
};
static_assert(sizeof(void *) != 8 || offsetof(Encoder, impl) == 120, "documented offset of _impl");

/// AGXG16XFamilyCommandBuffer. It owns one reference on its previous encoder.
struct CommandBuffer : Object {
  Encoder *previous;
  long threadsInside;
};

}  // namespace agx_sim
