// An object begins with one reference, which belongs to whoever asked for it.
#include "driver-sim/object.h"

#include "driver-sim/messages.h"
#include "driver-sim/simulator.h"

namespace agx_sim {

// @claim AGXV2_3!NoUseAfterFree, AGXV2_3!UsedEncoderHasRetain
void retainObject(Object *object) { __atomic_add_fetch(&object->references, 1, __ATOMIC_RELAXED); }

// @claim AGXV2_3!NoUseAfterFree, AGXV2_3!EncodersAreReleased
void releaseObject(Object *object) {
  if (__atomic_sub_fetch(&object->references, 1, __ATOMIC_ACQ_REL) == 0) sendMessage(object, "dealloc");
}

}  // namespace agx_sim

// @unmodelled reads a count for a test
long agx_sim_count_references(const void *object) {
  return __atomic_load_n(&static_cast<const agx_sim::Object *>(object)->references, __ATOMIC_RELAXED);
}
