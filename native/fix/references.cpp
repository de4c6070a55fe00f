// Sends -retain and -release by looking the method up: there is no objc_retain on the GCC runtime.
#include "fix/references.h"

#include <objc/runtime.h>

#include "fix/own-selectors.h"
#include "fix/statistics.h"

namespace agx_fix {

// @unmodelled one message send; what it means is said where it is called
static void sendReferenceMessage(id object, SEL selector) {
  const IMP method = class_getMethodImplementation(object_getClass(object), selector);
  reinterpret_cast<void (*)(id, SEL)>(reinterpret_cast<void (*)(void)>(method))(object, selector);
}

// @claim AGXV2_3!UsedEncoderHasRetain, AGXV2_3!ThreadEncoderHasRetain, AGXV2_3!NoUseAfterFree
void retainEncoder(id encoder) {
  sendReferenceMessage(encoder, ownSelectors.retain);
  count(Counter::Retained);
}

// @claim AGXV2_3!RetainsBalanced, AGXV2_3!EncodersAreReleased
void releaseEncoder(id encoder) {
  sendReferenceMessage(encoder, ownSelectors.release);
  countUnguarded(Counter::Released);
}

}  // namespace agx_fix
