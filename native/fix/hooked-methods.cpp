// An entry is written first, then published by raising the count, and only after that is the method
// replaced, so that a hook always finds its original. What a hook found once is remembered by (class of the
// object, hook): a call costs one look into a hash table.
#include "fix/hooked-methods.h"

namespace agx_fix {

static const uint64_t kCapacity = 4096;
static HookedMethod methods[kCapacity];
static uint64_t published = 0;

struct KnownTarget {
  Class cls;
  HookNumber hook;
  Target target;
};

static const uintptr_t kKnownPlaces = 4096;
static const uintptr_t kKnownAtMost = 3072;
static KnownTarget knownTargets[kKnownPlaces];
static uintptr_t known = 0;

// @unmodelled reads the number of hooks
uint64_t countHookedMethods() { return __atomic_load_n(&published, __ATOMIC_ACQUIRE); }

// @unmodelled reads one hook
const HookedMethod &hookedMethod(uint64_t index) { return methods[index]; }

// @unmodelled selector lookup is no step of the specs: there a hook is the method
static AnyFunction findOriginal(Class cls, HookNumber hook) {
  const uint64_t count = countHookedMethods();
  for (; cls != nullptr; cls = class_getSuperclass(cls))
    for (uint64_t i = 0; i < count; ++i)
      if (methods[i].number == hook && methods[i].cls == cls) return methods[i].original;
  return nullptr;
}

// @claim AGXV2_3!NoNullImplDereference
long readImplOffset(Class cls) {
  const Ivar impl = class_getInstanceVariable(cls, "_impl");
  return impl == nullptr ? -1 : long(ivar_getOffset(impl));
}

// @unmodelled selector lookup is no step of the specs: there a hook is the method
static const Target *learnTarget(KnownTarget &place, Class cls, HookNumber hook) {
  static KnownTarget crowded;
  KnownTarget &kept = known < kKnownAtMost ? place : crowded;
  const AnyFunction original = findOriginal(cls, hook);
  kept.target = Target{original, readImplOffset(cls)};
  if (original == nullptr || &kept == &crowded) return &kept.target;
  kept.hook = hook;
  kept.cls = cls;
  ++known;
  return &kept.target;
}

// Cheap, since every call comes here: classes lie in few places, and any spread will do.
// @unmodelled arithmetic
static uintptr_t placeOf(Class cls, HookNumber hook) {
  const uintptr_t address = reinterpret_cast<uintptr_t>(cls);
  return ((address >> 4) + (address >> 9) + uintptr_t(hook)) % kKnownPlaces;
}

// @unmodelled selector lookup is no step of the specs: there a hook is the method
const Target *findTarget(id object, HookNumber hook) {
  const Class cls = object_getClass(object);
  uintptr_t place = placeOf(cls, hook);
  for (;; place = (place + 1) % kKnownPlaces) {
    KnownTarget &candidate = knownTargets[place];
    if (candidate.cls == cls && candidate.hook == hook) return &candidate.target;
    if (candidate.cls == nullptr) return learnTarget(candidate, cls, hook);
  }
}

// @unmodelled installation precedes every behaviour of the specs (assumption A-HOOKED)
static bool isInLine(Class one, Class other) {
  for (Class cls = one; cls != nullptr; cls = class_getSuperclass(cls))
    if (cls == other) return true;
  for (Class cls = other; cls != nullptr; cls = class_getSuperclass(cls))
    if (cls == one) return true;
  return false;
}

// The lowest tier that no class above or below has for this selector; -1 when there is none.
// @unmodelled installation precedes every behaviour of the specs (assumption A-HOOKED)
static int chooseTier(Class cls, SEL selector) {
  bool isUsed[kTiers] = {};
  for (uint64_t i = 0; i < published; ++i)
    if (sel_isEqual(methods[i].selector, selector) && isInLine(methods[i].cls, cls)) isUsed[methods[i].number % kTiers] = true;
  for (int tier = 0; tier < kTiers; ++tier)
    if (!isUsed[tier]) return tier;
  return -1;
}

// @unmodelled installation precedes every behaviour of the specs (assumption A-HOOKED)
static bool isHook(AnyFunction function, SEL selector) {
  for (uint64_t i = 0; i < published; ++i)
    if (methods[i].hook == function && sel_isEqual(methods[i].selector, selector)) return true;
  return false;
}

// Adds the method where the class only inherits it: replacing an inherited one would change siblings.
// @unmodelled installation precedes every behaviour of the specs (assumption A-HOOKED)
Hooking hookMethod(Class cls, const HookRow &row) {
  const SEL selector = sel_registerName(row.selector);
  const Method method = class_getInstanceMethod(cls, selector);
  if (method == nullptr) return Hooking::Absent;
  const AnyFunction original = reinterpret_cast<AnyFunction>(method_getImplementation(method));
  if (isHook(original, selector)) return Hooking::Covered;
  if (method_getNumberOfArguments(method) != row.arguments + 2) return Hooking::OtherShape;
  const int tier = chooseTier(cls, selector);
  if (tier < 0 || published == kCapacity) return Hooking::NoRoom;
  methods[published] = HookedMethod{cls, selector, row.selector, original, row.hooks[tier], row.number * kTiers + tier};
  __atomic_store_n(&published, published + 1, __ATOMIC_RELEASE);
  const IMP hook = reinterpret_cast<IMP>(reinterpret_cast<void (*)()>(row.hooks[tier]));
  if (!class_addMethod(cls, selector, hook, method_getTypeEncoding(method))) method_setImplementation(method, hook);
  return Hooking::Done;
}

}  // namespace agx_fix
