// Hooks on work methods: step 3 of the resident protocol. One function for each shape of arguments;
// what they share is WorkCall.
#include "fix/encoder-table.h"
#include "fix/guard.h"
#include "fix/hooks.h"
#include "fix/impl-pointer.h"
#include "fix/statistics.h"

namespace agx_fix {

// Holds the guard for the whole call; `original` is null when the call must not reach the driver.
struct WorkCall {
  GuardHold heldAcrossWork;
  AnyFunction original;
  WorkCall(id encoder, SEL selector);
};

// @claim AGXV2_3!NoNullImplDereference, AGXV2_3!GuardedDriverCalls, AGXV2_3!NoStaleImpl
// @claim AGXRaceFix!NoDanglingUse
WorkCall::WorkCall(id encoder, SEL selector) : original(nullptr) {
  if (!isTracked(encoder)) count(Counter::UntrackedCalls);
  if (!hasUsableImpl(encoder)) {
    count(Counter::Skips);
    return;
  }
  original = originalOf(encoder, selector);
}

// @claim AGXV2_3!GuardedDriverCalls, AGXV2_3!NoNullImplDereference
void hookWorkWithPointer(id encoder, SEL selector, void *pointer) {
  const WorkCall call(encoder, selector);
  if (call.original == nullptr) return;
  reinterpret_cast<void (*)(id, SEL, void *)>(call.original)(encoder, selector, pointer);
}

// @claim AGXV2_3!GuardedDriverCalls, AGXV2_3!NoNullImplDereference
void hookWorkWithPointerAndWords(id encoder, SEL selector, void *pointer, uintptr_t first, uintptr_t second) {
  const WorkCall call(encoder, selector);
  if (call.original == nullptr) return;
  typedef void (*Original)(id, SEL, void *, uintptr_t, uintptr_t);
  reinterpret_cast<Original>(call.original)(encoder, selector, pointer, first, second);
}

// @claim AGXV2_3!GuardedDriverCalls, AGXV2_3!NoNullImplDereference
void hookWorkWithWords(id encoder, SEL selector, uintptr_t first, uintptr_t second) {
  const WorkCall call(encoder, selector);
  if (call.original == nullptr) return;
  reinterpret_cast<void (*)(id, SEL, uintptr_t, uintptr_t)>(call.original)(encoder, selector, first, second);
}

// @claim AGXV2_3!GuardedDriverCalls, AGXV2_3!NoNullImplDereference
void hookWorkWithSizes(id encoder, SEL selector, Size first, Size second) {
  const WorkCall call(encoder, selector);
  if (call.original == nullptr) return;
  reinterpret_cast<void (*)(id, SEL, Size, Size)>(call.original)(encoder, selector, first, second);
}

// @claim AGXV2_3!GuardedDriverCalls, AGXV2_3!NoNullImplDereference
void hookFill(id encoder, SEL selector, void *pointer, Range range, unsigned char value) {
  const WorkCall call(encoder, selector);
  if (call.original == nullptr) return;
  typedef void (*Original)(id, SEL, void *, Range, unsigned char);
  reinterpret_cast<Original>(call.original)(encoder, selector, pointer, range, value);
}

// @claim AGXV2_3!GuardedDriverCalls, AGXV2_3!NoNullImplDereference
void hookCopy(id encoder, SEL selector, void *source, uintptr_t from, void *target, uintptr_t to, uintptr_t length) {
  const WorkCall call(encoder, selector);
  if (call.original == nullptr) return;
  typedef void (*Original)(id, SEL, void *, uintptr_t, void *, uintptr_t, uintptr_t);
  reinterpret_cast<Original>(call.original)(encoder, selector, source, from, target, to, length);
}

}  // namespace agx_fix
