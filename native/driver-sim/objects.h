// The simulated driver's objects, as C++ sees them. The .mm files declare Objective-C classes with the
// same ivars in the same places and checks that at load.
#pragma once

#include <objc/objc.h>
#include <objc/runtime.h>
#include <stddef.h>

namespace agx_sim {

struct Encoder;

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

/// What every encoder has. `implOffset` says where its `_impl` lies: the classes differ.
struct Encoder : Object {
  long ended;
  long implOffset;
  Encoder *children;  // of a parallel render encoder: the first of its sub-encoders
  Encoder *sibling;
};

/// The shape of compute and blit encoders. `_impl` lies at the documented offset.
struct NarrowEncoder : Encoder {
  char opaque[80];
  Impl *impl;
};
static_assert(sizeof(void *) != 8 || offsetof(NarrowEncoder, impl) == 120, "documented offset of _impl");

/// The shape of the other encoders. Nothing is documented of it but that it need not be the same.
struct WideEncoder : Encoder {
  char opaque[112];
  Impl *impl;
};

/// The encoder's `_impl`.
// @unmodelled address arithmetic
inline Impl *&implOf(Encoder *encoder) {
  return *reinterpret_cast<Impl **>(reinterpret_cast<char *>(encoder) + encoder->implOffset);
}

/// AGXG16XFamilyCommandBuffer. It owns one reference on its previous encoder.
struct CommandBuffer : Object {
  Encoder *previous;
  long threadsInside;
};

/// MPSCommandBuffer. It owns one reference on the buffer it wraps.
struct MpsBuffer : Object {
  CommandBuffer *wrapped;
};

}  // namespace agx_sim
