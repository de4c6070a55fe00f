// The hooks on encoders, of any shape: a template makes one for each result and list of arguments.
// Work: step 3 of the resident protocol. Each holds the guard across the original, which is not called when
// the encoder's `_impl` is NULL: then the result is zero.
#pragma once

#include "fix/guard.h"
#include "fix/hooked-methods.h"

namespace agx_fix {

/// The original behind a call on an encoder, or null when the call must not reach the driver. Counts what the
/// monitors of assumptions look for. Needs the guard.
AnyFunction beginWork(id encoder, HookNumber hook);

/// What every work hook does before its original; holds the guard for as long as it lives.
struct WorkCall {
  GuardHold heldAcrossWork;
  AnyFunction original;  // null when the call must not reach the driver
  WorkCall(id encoder, HookNumber hook);
};

template <HookNumber Hook, class Result, class... Args>
struct WorkHook {
  static constexpr unsigned kArguments = sizeof...(Args);

  // @claim AGXV2_3!GuardedDriverCalls, AGXV2_3!NoNullImplDereference
  static Result call(id encoder, SEL selector, Args... args) {
    const WorkCall call(encoder, Hook);
    if (call.original == nullptr) return Result();
    return reinterpret_cast<Result (*)(id, SEL, Args...)>(call.original)(encoder, selector, args...);
  }
};

/// endEncoding: step 4.
void endEncoding(id encoder, SEL selector, HookNumber hook);
/// deferredEndEncoding, which the driver sends to itself and which comes down to destroyImpl: as step 5.
void endDeferred(id encoder, SEL selector, HookNumber hook);
/// destroyImpl: step 5.
void destroyImpl(id encoder, SEL selector, HookNumber hook);
/// The encoder's dealloc.
void deallocEncoder(id encoder, SEL selector, HookNumber hook);

/// A method without arguments and result whose hook is one of the functions above.
template <HookNumber Hook, void (*Function)(id, SEL, HookNumber)>
struct PlainHook {
  static constexpr unsigned kArguments = 0;

  // @unmodelled hands over to a function that carries the claims
  static void call(id object, SEL selector) { Function(object, selector, Hook); }
};

/// `{selector, hook}` of a work method: WORK("setTexture:atIndex:", void, id, Word).
#define WORK(selector, ...) HOOK_ROW(selector, WorkHook, __VA_ARGS__)
#define PLAIN(selector, function) HOOK_ROW(selector, PlainHook, function)

/// Rows of the encoder tables, each closed by HOOK_ROWS_END.
extern const HookRow everyEncoderRows[];
extern const HookRow computeRows[];
extern const HookRow blitRows[];
extern const HookRow renderRows[];
extern const HookRow parallelRenderRows[];
extern const HookRow resourceStateRows[];
extern const HookRow accelerationStructureRows[];

}  // namespace agx_fix
