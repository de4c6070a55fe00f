// The count lies in a header before the object. So the class pointer is not at the start of the
// allocation, and stays readable after the free until the memory is used again, as in the field: a
// message to a freed object usually still finds its method.
#include "driver-sim/object.h"

#include <stdlib.h>
#include <string.h>

#include "driver-sim/messages.h"
#include "driver-sim/options.h"
#include "driver-sim/simulator.h"
#include "schedule/point.h"

namespace agx_sim {

struct Header {
  long references;
  long padding;
};

// @unmodelled address arithmetic
static Header *headerOf(Object *object) { return reinterpret_cast<Header *>(object) - 1; }

// The last memory given back, kept while addresses are to be used again.
static Header *spare = nullptr;
static size_t spareSize = 0;

// @unmodelled memory; in the spec an address may always be used again
static Header *takeSpare(size_t size) {
  if (size != spareSize) return nullptr;
  Header *header = spare;
  spare = nullptr;
  spareSize = 0;
  memset(header, 0, size);
  return header;
}

// @unmodelled memory; in the spec an address may always be used again
static bool keepSpare(Header *header, size_t size) {
  if (!isReusing() || spare != nullptr) return false;
  spare = header;
  spareSize = size;
  return true;
}

// @unmodelled memory; in the spec an address may always be used again
static size_t sizeOf(Class cls) { return sizeof(Header) + class_getInstanceSize(cls); }

// @claim AGXV2_3!EncodersAreReleased
Object *allocateObject(Class cls) {
  Header *header = takeSpare(sizeOf(cls));
  if (header == nullptr) header = static_cast<Header *>(calloc(1, sizeOf(cls)));
  if (header == nullptr) abort();
  Object *object = reinterpret_cast<Object *>(header + 1);
  header->references = 1;
  object->isa = cls;
  return object;
}

// @claim AGXV2_3!NoUseAfterFree, AGXV2_3!EncodersAreReleased
void freeObject(Object *object) {
  Header *header = headerOf(object);
  if (!keepSpare(header, sizeOf(object->isa))) free(header);
  reach_point("object.freed");
  reach_point("object.gone");
}

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
