// Hooks on the command buffer: steps 1, 2, 6, 7 and 8 of the resident protocol.
#include "fix/encoder-table.h"
#include "fix/guard.h"
#include "fix/hooked-methods.h"
#include "fix/hooks.h"
#include "fix/references.h"
#include "fix/statistics.h"

namespace agx_fix {

// @unmodelled selector lookup is no step of the specs: there a hook is the method
AnyFunction originalOf(id object, SEL selector) {
  return reinterpret_cast<AnyFunction>(findOriginal(object_getClass(object), selector));
}

// A factory may return an encoder that exists, whose reference the fix holds already. Without memory
// for the table the encoder is left as the driver made it; a reference nobody could give back would leak.
// @claim AGXV2_3!ThreadEncoderHasRetain, AGXV2_3!UsedEncoderHasRetain, AGXV2_3!NoUseAfterFree
// @claim AGXV2_3!RetainsBalanced
static id adoptEncoder(id encoder, id buffer) {
  if (encoder == nullptr) return encoder;
  if (isTracked(encoder)) return encoder;
  if (!trackEncoder(encoder, buffer)) {
    count(Counter::UntrackedEncoders);
    return encoder;
  }
  retainEncoder(encoder);
  return encoder;
}

// What every factory hook does around its original: hold the guard across it and across adopting.
struct FactoryCall {
  GuardHold heldAcrossFactory;
  AnyFunction original;
  FactoryCall(id buffer, SEL selector);
};

// @claim AGXV2_3!NoCommandBufferRace, AGXV2_3!NoStaleImpl
FactoryCall::FactoryCall(id buffer, SEL selector) : original(originalOf(buffer, selector)) {}

// @claim AGXV2_3!NoCommandBufferRace, AGXV2_3!ThreadEncoderHasRetain
id hookFactory(id buffer, SEL selector) {
  const FactoryCall call(buffer, selector);
  const id encoder = reinterpret_cast<id (*)(id, SEL)>(call.original)(buffer, selector);
  return adoptEncoder(encoder, buffer);
}

// @claim AGXV2_3!NoCommandBufferRace, AGXV2_3!ThreadEncoderHasRetain
id hookFactoryWithWord(id buffer, SEL selector, uintptr_t word) {
  const FactoryCall call(buffer, selector);
  const id encoder = reinterpret_cast<id (*)(id, SEL, uintptr_t)>(call.original)(buffer, selector, word);
  return adoptEncoder(encoder, buffer);
}

// @claim AGXV2_3!NoCommandBufferRace
void hookCommit(id buffer, SEL selector) {
  const GuardHold heldAcrossCommit;
  reinterpret_cast<void (*)(id, SEL)>(originalOf(buffer, selector))(buffer, selector);
}

// @claim AGXV2_3!RetainsBalanced
static EncoderEntry *untrackUnderGuard(id buffer) {
  const GuardHold heldAcrossUntrack;
  return untrackEncodersOf(buffer);
}

// Releasing may deallocate an encoder, whose destroyImpl takes the guard itself.
// @claim AGXV2_3!RetainsBalanced, AGXV2_3!EncodersAreReleased
static void releaseOrphans(EncoderEntry *orphans) {
  for (const EncoderEntry *entry = orphans; entry != nullptr; entry = entry->next) {
    releaseEncoder(entry->encoder);
  }
}

// The buffer's address may belong to a new one as soon as the original returns, so it comes last.
// @claim AGXV2_3!EncodersAreReleased, AGXV2_3!RetainsBalanced, AGXV2_3!NoUseAfterFree
void hookBufferDealloc(id buffer, SEL selector) {
  const AnyFunction original = originalOf(buffer, selector);
  EncoderEntry *orphans = untrackUnderGuard(buffer);
  releaseOrphans(orphans);
  forgetOrphans(orphans);
  reinterpret_cast<void (*)(id, SEL)>(original)(buffer, selector);
}

}  // namespace agx_fix
