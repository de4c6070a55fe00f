// Entries are only ever appended: written first, then published by raising the count, and only after
// that is the method replaced, so that a hook always finds its original.
#include "fix/hooked-methods.h"

namespace agx_fix {

struct HookedMethod {
  Class cls;
  SEL selector;
  IMP original;
  long implOffset;
};

static const uint64_t kCapacity = 256;
static HookedMethod methods[kCapacity];
static uint64_t published = 0;

// @unmodelled reads the number of hooks
uint64_t countHookedMethods() { return __atomic_load_n(&published, __ATOMIC_ACQUIRE); }

// @unmodelled selector lookup is no step of the specs: there a hook is the method
static const HookedMethod *findMethod(Class cls, SEL selector) {
  const uint64_t known = countHookedMethods();
  for (; cls != nullptr; cls = class_getSuperclass(cls))
    for (uint64_t i = 0; i < known; ++i)
      if (methods[i].cls == cls && sel_isEqual(methods[i].selector, selector)) return &methods[i];
  return nullptr;
}

// @unmodelled selector lookup is no step of the specs: there a hook is the method
IMP findOriginal(Class cls, SEL selector) {
  const HookedMethod *method = findMethod(cls, selector);
  return method == nullptr ? nullptr : method->original;
}

// @claim AGXV2_3!NoNullImplDereference
long findImplOffset(Class cls) {
  const uint64_t known = countHookedMethods();
  for (; cls != nullptr; cls = class_getSuperclass(cls))
    for (uint64_t i = 0; i < known; ++i)
      if (methods[i].cls == cls) return methods[i].implOffset;
  return -1;
}

// @unmodelled looks an ivar up at load
static long readImplOffset(Class cls) {
  const Ivar impl = class_getInstanceVariable(cls, "_impl");
  return impl == nullptr ? -1 : long(ivar_getOffset(impl));
}

// Adds the method where the class only inherits it: replacing an inherited one would change siblings.
// @unmodelled installation precedes every behaviour of the specs (assumption A-HOOKED)
bool hookMethod(Class cls, const char *name, IMP hook) {
  const SEL selector = sel_registerName(name);
  const Method method = class_getInstanceMethod(cls, selector);
  if (method == nullptr || published == kCapacity) return false;
  const IMP original = method_getImplementation(method);
  if (original == hook) return false;
  methods[published] = HookedMethod{cls, selector, original, readImplOffset(cls)};
  __atomic_store_n(&published, published + 1, __ATOMIC_RELEASE);
  if (!class_addMethod(cls, selector, hook, method_getTypeEncoding(method)))
    method_setImplementation(method, hook);
  return true;
}

}  // namespace agx_fix
