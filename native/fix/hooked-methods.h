// Which methods are hooked, and what they were before, keyed by (class, selector): different encoder
// classes share selectors. Reading is lock-free; writing needs the installation lock.
#pragma once

#include <objc/objc.h>
#include <objc/runtime.h>
#include <stdint.h>

namespace agx_fix {

/// Replaces `selector` in `cls` by `hook`, in this class alone. Returns false when the class does not
/// respond to it, when it or a superclass is hooked there already, or when the record is full.
bool hookMethod(Class cls, const char *selector, IMP hook);
/// The implementation that the hook running for (`cls`, `selector`) stands for.
IMP findOriginal(Class cls, SEL selector);
/// Offset of `_impl` in the objects of a hooked class or one below it; -1 when there is none.
long findImplOffset(Class cls);
/// Number of hooked (class, selector) pairs.
uint64_t countHookedMethods();

}  // namespace agx_fix
