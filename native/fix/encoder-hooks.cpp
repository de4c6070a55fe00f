// Hooks on the end of an encoder: steps 4 and 5 of the resident protocol. Neither untracks nor
// releases: callers may still send messages until the command buffer is deallocated.
#include "fix/guard.h"
#include "fix/hooks.h"
#include "fix/impl-pointer.h"
#include "fix/statistics.h"

namespace agx_fix {

// @unmodelled calls the driver's own method; what must hold around the call is said in the hooks
static void callOriginal(id encoder, SEL selector) {
  reinterpret_cast<void (*)(id, SEL)>(originalOf(encoder, selector))(encoder, selector);
}

// @claim AGXV2_3!GuardedDriverCalls, AGXV2_3!NoNullImplDereference, AGXV2_3!NoStaleImpl
void hookEndEncoding(id encoder, SEL selector) {
  const GuardHold heldAcrossEnd;
  if (!hasUsableImpl(encoder)) {
    count(Counter::Skips);
    return;
  }
  callOriginal(encoder, selector);
}

// No test of `_impl`: the driver's destroyImpl tolerates NULL (assumption A-NULLDESTROY).
// @claim AGXV2_3!GuardedDriverCalls, AGXV2_3!NoStaleImpl, AGXRaceFix!NoDanglingUse
void hookDestroyImpl(id encoder, SEL selector) {
  const GuardHold heldAcrossDestroy;
  callOriginal(encoder, selector);
}

}  // namespace agx_fix
