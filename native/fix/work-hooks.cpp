// What the work hooks of every shape share, and the hooks on the end of an encoder. Neither end untracks or
// releases: callers may still send messages until the command buffer is deallocated.
#include "fix/work-hook.h"

#include "fix/description.h"
#include "fix/encoder-table.h"
#include "fix/statistics.h"

namespace agx_fix {

// An object without `_impl` counts as usable: nothing is known about it, and dropping its calls loses work.
// @claim AGXV2_3!NoNullImplDereference, AGXRaceFix!NoDanglingUse
static bool hasUsableImpl(id encoder, const Target *target) {
  if (target->implOffset < 0) return true;
  const char *object = reinterpret_cast<const char *>(encoder);
  return *reinterpret_cast<void *const *>(object + target->implOffset) != nullptr;
}

// @unmodelled monitors of A-HOOKED, A-LIVE and A-OWNED
static void watchCall(const EncoderEntry *entry) {
  if (entry == nullptr) {
    count(Counter::UntrackedCalls);
    sayWhatIsMissing();
    return;
  }
  if (entry->creator != ownThread()) count(Counter::ForeignCalls);
  if (entry->isEnded || entry->buffer->isCommitted) count(Counter::CallsAfterEnd);
}

// @claim AGXV2_3!NoNullImplDereference, AGXRaceFix!NoDanglingUse
AnyFunction beginWork(id encoder, HookNumber hook) {
  watchCall(findEncoder(encoder));
  const Target *target = findTarget(encoder, hook);
  if (!hasUsableImpl(encoder, target)) {
    count(Counter::Skips);
    return nullptr;
  }
  return target->original;
}

// @claim AGXV2_3!NoNullImplDereference, AGXV2_3!GuardedDriverCalls, AGXV2_3!NoStaleImpl
// @claim AGXRaceFix!NoDanglingUse
WorkCall::WorkCall(id encoder, HookNumber hook)
    : heldAcrossWork(encoder, Doing::Work), original(beginWork(encoder, hook)) {}

// @unmodelled calls the driver's own method; what must hold around the call is said in the hooks
static void callOriginal(AnyFunction original, id encoder, SEL selector) {
  if (original != nullptr) reinterpret_cast<void (*)(id, SEL)>(original)(encoder, selector);
}

// @claim AGXV2_3!GuardedDriverCalls, AGXV2_3!NoNullImplDereference, AGXV2_3!NoStaleImpl
void endEncoding(id encoder, SEL selector, HookNumber hook) {
  const GuardHold heldAcrossEnd(encoder, Doing::Work);
  const AnyFunction original = beginWork(encoder, hook);
  EncoderEntry *entry = findEncoder(encoder);
  if (entry != nullptr) entry->isEnded = true;
  callOriginal(original, encoder, selector);
}

// What the driver does in it before destroyImpl is not on record, so the guard is not left to that one's hook.
// @claim AGXV2_3!GuardedDriverCalls, AGXV2_3!NoStaleImpl
void endDeferred(id encoder, SEL selector, HookNumber hook) {
  const GuardHold heldAcrossEnd(encoder, Doing::Destroy);
  callOriginal(findTarget(encoder, hook)->original, encoder, selector);
}

// No test of `_impl`: the driver's destroyImpl tolerates NULL (assumption A-NULLDESTROY).
// @claim AGXV2_3!GuardedDriverCalls, AGXV2_3!NoStaleImpl, AGXRaceFix!NoDanglingUse
void destroyImpl(id encoder, SEL selector, HookNumber hook) {
  const GuardHold heldAcrossDestroy(encoder, Doing::Destroy);
  const Target *target = findTarget(encoder, hook);
  const bool isNull = !hasUsableImpl(encoder, target);
  callOriginal(target->original, encoder, selector);
  if (isNull) count(Counter::NullDestroys);
}

// An encoder in the table has a reference of the fix. When it is deallocated all the same, somebody gave back
// one that was not his: the fix's is gone, and releasing it later would hit whatever has the address then.
// @claim AGXV2_3!NoUseAfterFree, AGXV2_3!RetainsBalanced
static AnyFunction forgetOverReleased(id encoder, HookNumber hook) {
  const GuardHold heldAcrossForget(encoder, Doing::Dealloc);
  EncoderEntry *entry = findEncoder(encoder);
  if (entry != nullptr) {
    count(Counter::OverReleased);
    untrackEncoder(entry);
  }
  return findTarget(encoder, hook)->original;
}

// The original sends destroyImpl, whose hook takes the guard itself.
// @claim AGXV2_3!NoUseAfterFree, AGXV2_3!RetainsBalanced
void deallocEncoder(id encoder, SEL selector, HookNumber hook) {
  callOriginal(forgetOverReleased(encoder, hook), encoder, selector);
}

}  // namespace agx_fix
