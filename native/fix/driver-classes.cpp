// Names differ between generations of the hardware (AGXG13X…, AGXG16X…), their beginning and end do not.
// Only the compute encoder's and the command buffer's names are on record; the ends of the others follow
// them. A class that has another name is hooked when a factory returns the first object of it.
#include "fix/driver-classes.h"

#include <string.h>

#include "fix/buffer-hook.h"
#include "fix/hooked-methods.h"
#include "fix/own-selectors.h"
#include "fix/work-hook.h"

namespace agx_fix {

struct KindOfClass {
  const char *name;
  const char *prefix;
  const char *suffix;
  const char *method;  // what a class of this name has to have
  const HookRow *rows;
  const HookRow *moreRows;
};

// In the order of Kind. "ParallelRenderContext" also ends as a render context does, so the longest end wins.
static const KindOfClass kinds[] = {
    {"command buffer", "AGX", "CommandBuffer", "computeCommandEncoder", driverBufferRows, nullptr},
    {"MPS command buffer", "MPSCommandBuffer", "", "commandBuffer", mpsBufferRows, nullptr},
    {"compute", "AGX", "ComputeContext", "endEncoding", everyEncoderRows, computeRows},
    {"blit", "AGX", "BlitContext", "endEncoding", everyEncoderRows, blitRows},
    {"render", "AGX", "RenderContext", "endEncoding", everyEncoderRows, renderRows},
    {"parallel render", "AGX", "ParallelRenderContext", "endEncoding", everyEncoderRows, parallelRenderRows},
    {"resource state", "AGX", "ResourceStateContext", "endEncoding", everyEncoderRows, resourceStateRows},
    {"acceleration structure", "AGX", "AccelerationStructureContext", "endEncoding", everyEncoderRows,
     accelerationStructureRows},
};

static const unsigned kMaxClasses = 256;
static FoundClass found[kMaxClasses];
static unsigned published = 0;
static unsigned refused = 0;

// @unmodelled reads a table
const char *nameOf(Kind kind) { return kinds[int(kind)].name; }

// @unmodelled reads a record
unsigned countFoundClasses() { return __atomic_load_n(&published, __ATOMIC_ACQUIRE); }

// @unmodelled reads a record
const FoundClass &foundClass(unsigned index) { return found[index]; }

// @unmodelled reads a record
unsigned countRefusedMethods() { return __atomic_load_n(&refused, __ATOMIC_RELAXED); }

// @unmodelled installation precedes every behaviour of the specs (assumption A-HOOKED)
static bool isNamedAs(const char *name, const KindOfClass &kind) {
  const size_t prefix = strlen(kind.prefix), suffix = strlen(kind.suffix);
  if (strncmp(name, kind.prefix, prefix) != 0) return false;  // nearly always: a process has thousands of classes
  if (suffix == 0) return strcmp(name, kind.prefix) == 0;
  const size_t length = strlen(name);
  return length >= prefix + suffix && strcmp(name + length - suffix, kind.suffix) == 0;
}

// @unmodelled installation precedes every behaviour of the specs (assumption A-HOOKED)
Kind recogniseKind(Class cls) {
  const char *name = class_getName(cls);
  int best = int(Kind::Count_);
  for (int i = 0; i < int(Kind::Count_); ++i)
    if (isNamedAs(name, kinds[i]) && (best == int(Kind::Count_) || strlen(kinds[i].suffix) > strlen(kinds[best].suffix)))
      best = i;
  if (best == int(Kind::Count_)) return Kind::Count_;
  const bool isReal = class_getInstanceMethod(cls, sel_registerName(kinds[best].method)) != nullptr;
  return isReal ? Kind(best) : Kind::Count_;
}

// @unmodelled reads a record
bool isHookedClass(Class cls, Kind kind) {
  const unsigned count = countFoundClasses();
  for (unsigned i = 0; i < count; ++i)
    if (found[i].cls == cls && found[i].kind == kind) return true;
  return false;
}

// @unmodelled installation precedes every behaviour of the specs (assumption A-HOOKED)
static void hookRows(Class cls, const HookRow *row) {
  for (; row != nullptr && row->selector != nullptr; ++row) {
    const Hooking result = hookMethod(cls, *row);
    if (result == Hooking::OtherShape || result == Hooking::NoRoom) __atomic_add_fetch(&refused, 1, __ATOMIC_RELAXED);
  }
}

#if !defined(__APPLE__)
// @unmodelled is never called
static void doNothing() {}
#endif

// On the GCC runtime, a replaced method does not reach a subclass that got its dispatch table earlier, unless the
// two still share the part of it where the selector's number lies; adding a method renews the tables of the class
// and of all below it.
// @unmodelled installation precedes every behaviour of the specs (assumption A-HOOKED)
static void reachSubclasses(Class cls, Kind kind) {
#if !defined(__APPLE__)
  char name[] = "agxFixHooksOfKind_";
  name[sizeof name - 2] = char('0' + int(kind));
  class_addMethod(cls, sel_registerName(name), reinterpret_cast<IMP>(&doNothing), "v@:");
#else
  (void)cls, (void)kind;
#endif
}

// Recorded last: whoever finds the class in the record finds its hooks in place.
// @unmodelled installation precedes every behaviour of the specs (assumption A-HOOKED)
void hookClass(Class cls, Kind kind) {
  if (isHookedClass(cls, kind)) return;
  if (published == kMaxClasses) {
    __atomic_add_fetch(&refused, 1, __ATOMIC_RELAXED);
    return;
  }
  findOwnSelectors();
  hookRows(cls, kinds[int(kind)].rows);
  hookRows(cls, kinds[int(kind)].moreRows);
  reachSubclasses(cls, kind);
  const bool hasDestroy = class_getInstanceMethod(cls, sel_registerName("destroyImpl")) != nullptr;
  found[published] = FoundClass{cls, kind, readImplOffset(cls), hasDestroy};
  __atomic_store_n(&published, published + 1, __ATOMIC_RELEASE);
}

}  // namespace agx_fix
