// Looks the method up and calls it: plain C++ has no message syntax.
#include "driver-sim/messages.h"

namespace agx_sim {

// No hook can guard this: the object is read before any method of it runs.
// @claim AGXV2_3!NoUseAfterFree
void sendMessage(Object *object, const char *name) {
  const id receiver = reinterpret_cast<id>(object);
  const SEL selector = sel_registerName(name);
  const IMP method = class_getMethodImplementation(object->isa, selector);
  reinterpret_cast<void (*)(id, SEL)>(reinterpret_cast<void (*)(void)>(method))(receiver, selector);
}

}  // namespace agx_sim
