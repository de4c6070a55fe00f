// Compares offsets and sizes once the classes are known to the runtime.
#include "driver-sim/ivar-check.h"

#include <stdlib.h>

#include "driver-sim/objects.h"

namespace agx_sim {

// @unmodelled compares two descriptions of one layout
static bool isAt(Class cls, const char *ivar, size_t offset) {
  const Ivar found = class_getInstanceVariable(cls, ivar);
  return found != nullptr && size_t(ivar_getOffset(found)) == offset;
}

// @unmodelled compares two descriptions of one layout
void checkIvars() {
  const Class encoder = static_cast<Class>(objc_lookUpClass("AGXSimContext"));
  const Class buffer = static_cast<Class>(objc_lookUpClass("AGXG16XFamilyCommandBuffer"));
  const bool agree = isAt(encoder, "_ended", offsetof(Encoder, ended)) &&
                     isAt(encoder, "_impl", offsetof(Encoder, impl)) &&
                     isAt(buffer, "_previousComputeCommandEncoder", offsetof(CommandBuffer, previous)) &&
                     class_getInstanceSize(encoder) == sizeof(Encoder) &&
                     class_getInstanceSize(buffer) == sizeof(CommandBuffer);
  if (!agree) abort();
}

}  // namespace agx_sim
