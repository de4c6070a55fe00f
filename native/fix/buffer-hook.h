// The hooks on command buffers, of any shape, and on what a parallel encoder makes: steps 1, 2, 6, 7 and 8 of
// the resident protocol.
//
// An MPS-level command buffer wraps one of the driver's, and its factories reach the driver without passing
// that one's methods. Its encoders are tracked under the wrapped buffer, so that they are released when that
// one is deallocated; `commitAndContinue` puts another in its place.
#pragma once

#include "fix/driver-classes.h"
#include "fix/guard.h"
#include "fix/hooked-methods.h"
#include "fix/metal-types.h"

namespace agx_fix {

/// Says under which command buffer the encoders of `buffer` are tracked. Needs the guard.
typedef id OwnerOf(id buffer);
OwnerOf itself;
OwnerOf wrappedBuffer;

/// Around a method of a command buffer; holds the guard for as long as it lives.
struct BufferCall {
  GuardHold heldAcrossCall;
  id buffer;
  AnyFunction original;  // null when nothing is known of the object
  BufferCall(id buffer, HookNumber hook);
  ~BufferCall();
};

/// Around a factory: until the encoder is adopted.
struct FactoryCall {
  BufferCall heldAcrossFactory;
  uint64_t trackedBefore;
  FactoryCall(id buffer, HookNumber hook);
  /// Puts the encoder into the table under `owner` and retains it, unless it is there. Returns the encoder.
  id adopt(id encoder, id owner, Kind kind) const;
};

/// Around the factory of a parallel encoder, which is an encoder itself.
struct SubEncoderCall {
  GuardHold heldAcrossFactory;
  AnyFunction original;  // null when the call must not reach the driver
  id owner;              // null when the parallel encoder is not tracked
  uint64_t trackedBefore;
  SubEncoderCall(id parallel, HookNumber hook);
  id adopt(id encoder) const;
};

/// Says that `owner` is committed, for the monitors. Needs the guard.
void noteCommit(id owner);
/// dealloc of a command buffer: steps 7 and 8.
void deallocBuffer(id buffer, SEL selector, HookNumber hook);

template <HookNumber Hook, Kind kind, OwnerOf ownerOf, class... Args>
struct FactoryHook {
  static constexpr unsigned kArguments = sizeof...(Args);

  // @claim AGXV2_3!NoCommandBufferRace, AGXV2_3!ThreadEncoderHasRetain, AGXV2_3!NoStaleImpl
  static id call(id buffer, SEL selector, Args... args) {
    const FactoryCall call(buffer, Hook);
    const AnyFunction original = call.heldAcrossFactory.original;
    if (original == nullptr) return nullptr;
    const id encoder = reinterpret_cast<id (*)(id, SEL, Args...)>(original)(buffer, selector, args...);
    return call.adopt(encoder, ownerOf(buffer), kind);
  }
};

template <HookNumber Hook>
struct SubEncoderHook {
  static constexpr unsigned kArguments = 0;

  // @claim AGXV2_3!GuardedDriverCalls, AGXV2_3!NoNullImplDereference, AGXV2_3!ThreadEncoderHasRetain
  static id call(id parallel, SEL selector) {
    const SubEncoderCall call(parallel, Hook);
    if (call.original == nullptr) return nullptr;
    return call.adopt(reinterpret_cast<id (*)(id, SEL)>(call.original)(parallel, selector));
  }
};

template <HookNumber Hook, OwnerOf ownerOf>
struct CommitHook {
  static constexpr unsigned kArguments = 0;

  // Noted before: the original may let go of the buffer.
  // @claim AGXV2_3!NoCommandBufferRace
  static void call(id buffer, SEL selector) {
    const BufferCall call(buffer, Hook);
    noteCommit(ownerOf(buffer));
    if (call.original != nullptr) reinterpret_cast<void (*)(id, SEL)>(call.original)(buffer, selector);
  }
};

template <HookNumber Hook, class... Args>
struct EventHook {
  static constexpr unsigned kArguments = sizeof...(Args);

  // The driver ends the previous encoder in these, as in a commit.
  // @claim AGXV2_3!NoCommandBufferRace
  static void call(id buffer, SEL selector, Args... args) {
    const BufferCall call(buffer, Hook);
    if (call.original != nullptr) reinterpret_cast<void (*)(id, SEL, Args...)>(call.original)(buffer, selector, args...);
  }
};

/// Rows of the buffer tables, each closed by HOOK_ROWS_END.
extern const HookRow driverBufferRows[];
extern const HookRow mpsBufferRows[];

}  // namespace agx_fix
