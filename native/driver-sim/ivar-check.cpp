// Compares offsets and sizes once the classes are known to the runtime.
#include "driver-sim/ivar-check.h"

#include <stdlib.h>

#include "driver-sim/objects.h"

namespace agx_sim {

// A class of a file that is not loaded yet is checked when its turn comes.
// @unmodelled looks a class up
static Class find(const char *cls) { return static_cast<Class>(objc_lookUpClass(cls)); }

// @unmodelled compares two descriptions of one layout
static bool isAt(const char *cls, const char *ivar, size_t offset) {
  if (find(cls) == nullptr) return true;
  const Ivar found = class_getInstanceVariable(find(cls), ivar);
  return found != nullptr && size_t(ivar_getOffset(found)) == offset;
}

// @unmodelled compares two descriptions of one layout
static bool hasSize(const char *cls, size_t size) {
  return find(cls) == nullptr || class_getInstanceSize(find(cls)) == size;
}

// The second name is that of a partial driver; see simulator.h.
// @unmodelled looks an ivar up
size_t findImplOffset(Class cls) {
  Ivar found = class_getInstanceVariable(cls, "_impl");
  if (found == nullptr) found = class_getInstanceVariable(cls, "_implementation");
  if (found == nullptr) abort();
  return size_t(ivar_getOffset(found));
}

// @unmodelled compares two descriptions of one layout
void checkIvars() {
  const bool agree = isAt("AGXSimContext", "_ended", offsetof(Encoder, ended)) &&
                     isAt("AGXSimContext", "_implOffset", offsetof(Encoder, implOffset)) &&
                     isAt("AGXSimContext", "_children", offsetof(Encoder, children)) &&
                     isAt("AGXSimContext", "_sibling", offsetof(Encoder, sibling)) &&
                     findImplOffset(find("AGXSimNarrowContext")) == offsetof(NarrowEncoder, impl) &&
                     findImplOffset(find("AGXSimWideContext")) == offsetof(WideEncoder, impl) &&
                     isAt("AGXG16XFamilyCommandBuffer", "_previousComputeCommandEncoder", offsetof(CommandBuffer, previous)) &&
                     isAt("MPSCommandBuffer", "_commandBuffer", offsetof(MpsBuffer, wrapped)) &&
                     hasSize("AGXSimNarrowContext", sizeof(NarrowEncoder)) &&
                     hasSize("AGXSimWideContext", sizeof(WideEncoder)) &&
                     hasSize("AGXG16XFamilyCommandBuffer", sizeof(CommandBuffer)) &&
                     hasSize("MPSCommandBuffer", sizeof(MpsBuffer));
  if (!agree) abort();
}

}  // namespace agx_sim
