// Reads `_impl` by the ivar's offset, which differs between drivers and is looked up in the class.
#include "fix/impl-pointer.h"

#include <objc/runtime.h>

#include "fix/hooked-methods.h"

namespace agx_fix {

// @claim AGXV2_3!NoNullImplDereference, AGXRaceFix!NoDanglingUse
bool hasUsableImpl(id encoder) {
  const long offset = findImplOffset(object_getClass(encoder));
  if (offset < 0) return true;
  const char *object = reinterpret_cast<const char *>(encoder);
  return *reinterpret_cast<void *const *>(object + offset) != nullptr;
}

}  // namespace agx_fix
