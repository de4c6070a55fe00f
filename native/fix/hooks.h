// The hooks, one for each shape of method. Each stands for the original of (class, selector) of the
// object and selector it is called with, and holds the guard across it.
#pragma once

#include <objc/objc.h>
#include <objc/runtime.h>
#include <stdint.h>

namespace agx_fix {

/// A Metal size, passed by value.
struct Size {
  unsigned long width, height, depth;
};

/// A Foundation range, passed by value.
struct Range {
  unsigned long location, length;
};

/// The hooks of buffer-hooks.cpp: factories, commit, dealloc of the command buffer.
id hookFactory(id buffer, SEL selector);
id hookFactoryWithWord(id buffer, SEL selector, uintptr_t word);
void hookCommit(id buffer, SEL selector);
void hookBufferDealloc(id buffer, SEL selector);

/// The hooks of encoder-hooks.cpp: the end of an encoder.
void hookEndEncoding(id encoder, SEL selector);
void hookDestroyImpl(id encoder, SEL selector);

/// The hooks of work-hooks.cpp: work on an encoder. Pointers and words are passed on unread.
void hookWorkWithPointer(id encoder, SEL selector, void *pointer);
void hookWorkWithPointerAndWords(id encoder, SEL selector, void *pointer, uintptr_t first, uintptr_t second);
void hookWorkWithWords(id encoder, SEL selector, uintptr_t first, uintptr_t second);
void hookWorkWithSizes(id encoder, SEL selector, Size first, Size second);
void hookFill(id encoder, SEL selector, void *pointer, Range range, unsigned char value);
void hookCopy(id encoder, SEL selector, void *source, uintptr_t from, void *target, uintptr_t to, uintptr_t length);

/// The implementation behind a hook, still to be cast to its type.
typedef void (*AnyFunction)(void);
AnyFunction originalOf(id object, SEL selector);

}  // namespace agx_fix
