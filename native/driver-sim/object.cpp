// The count lies in a header before the object. So the class pointer is not at the start of the
// allocation, and stays readable after the free until the memory is used again, as in the field: a
// message to a freed object usually still finds its method.
#include "driver-sim/object.h"

#include <stdlib.h>

#include "driver-sim/messages.h"
#include "driver-sim/simulator.h"

namespace agx_sim {

struct Header {
  long references;
  long padding;
};

// @unmodelled address arithmetic
static Header *headerOf(Object *object) { return reinterpret_cast<Header *>(object) - 1; }

// @claim AGXV2_3!EncodersAreReleased
Object *allocateObject(Class cls) {
  Header *header = static_cast<Header *>(calloc(1, sizeof(Header) + class_getInstanceSize(cls)));
  if (header == nullptr) abort();
  Object *object = reinterpret_cast<Object *>(header + 1);
  header->references = 1;
  object->isa = cls;
  return object;
}

// @claim AGXV2_3!NoUseAfterFree, AGXV2_3!EncodersAreReleased
void freeObject(Object *object) { free(headerOf(object)); }

// @claim AGXV2_3!NoUseAfterFree, AGXV2_3!UsedEncoderHasRetain
void retainObject(Object *object) { __atomic_add_fetch(&headerOf(object)->references, 1, __ATOMIC_RELAXED); }

// @claim AGXV2_3!NoUseAfterFree, AGXV2_3!EncodersAreReleased
void releaseObject(Object *object) {
  if (__atomic_sub_fetch(&headerOf(object)->references, 1, __ATOMIC_ACQ_REL) == 0) sendMessage(object, "dealloc");
}

}  // namespace agx_sim

// @unmodelled reads a count for a test
long agx_sim_count_references(const void *object) {
  const agx_sim::Header *header = static_cast<const agx_sim::Header *>(object) - 1;
  return __atomic_load_n(&header->references, __ATOMIC_RELAXED);
}
