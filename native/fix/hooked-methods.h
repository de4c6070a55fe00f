// Which methods are hooked, and what they were before, keyed by (class, selector): different encoder
// classes share selectors. Writing needs the installation lock; the record is only ever appended to, and
// may be read at any time.
//
// Tiers: a class and one above it may both be hooked for one selector, and the lower one's original may call
// the upper one's method for the same object. So that each hook finds its own original, the classes of one
// line of inheritance are hooked with different instances of the hook, one for each tier.
//
// Every row has instances of its own, so that a hook knows by itself which selector it stands for. The one that a
// message came with may be another: a library that exchanges two methods leaves the hook under a name of its own.
#pragma once

#include <objc/objc.h>
#include <objc/runtime.h>
#include <stdint.h>

namespace agx_fix {

/// The implementation behind a hook, still to be cast to its type.
typedef void (*AnyFunction)(void);

constexpr int kTiers = 3;

/// One instance of a hook: the number of its row, times the number of tiers, and the tier.
typedef int HookNumber;

/// One method to hook: how many arguments it has besides the object and the selector, the number of the row, and
/// the hook.
struct HookRow {
  const char *selector;
  unsigned arguments;
  int number;
  AnyFunction hooks[kTiers];
};

/// A hook as data, one instance for each tier: `HOOK_ROW("commit", CommitHook, ...)`. The template has the instance
/// as its first parameter, a function `call`, and the number of arguments as `kArguments`. A file with rows defines
/// HOOK_ROWS_FROM, which its rows are numbered from: a thousand of its own.
#define HOOK_TIER(row, tier, hook, ...) reinterpret_cast<AnyFunction>(&hook<(row) * kTiers + tier, ##__VA_ARGS__>::call)
#define HOOK_NUMBERED(row, selector, hook, ...)   \
  {selector,                                      \
   hook<(row) * kTiers, ##__VA_ARGS__>::kArguments, \
   row,                                           \
   {HOOK_TIER(row, 0, hook, ##__VA_ARGS__), HOOK_TIER(row, 1, hook, ##__VA_ARGS__), HOOK_TIER(row, 2, hook, ##__VA_ARGS__)}}
#define HOOK_ROW(selector, hook, ...) HOOK_NUMBERED(HOOK_ROWS_FROM + __COUNTER__, selector, hook, ##__VA_ARGS__)
#define HOOK_ROWS_END {nullptr, 0, 0, {nullptr, nullptr, nullptr}}

enum class Hooking {
  Done,         // hooked now
  Covered,      // a class above is hooked, and this one inherits the hook
  Absent,       // the class has no such method
  OtherShape,   // the method takes another number of arguments: left alone
  NoRoom,       // the record is full, or too many classes of one line are hooked
};

/// Replaces the row's method in `cls`, in this class alone.
Hooking hookMethod(Class cls, const HookRow &row);

/// What a hook needs to know of the object it is called for.
struct Target {
  AnyFunction original;  // null when nothing is known, which is no case of a hook called by a message
  long implOffset;       // of `_impl`, in bytes; -1 when the object's class has none
};

/// What `hook`, which runs for `object`, stands for. Needs the guard.
const Target *findTarget(id object, HookNumber hook);
/// Offset of `_impl` in objects of `cls`, or -1.
long readImplOffset(Class cls);

/// Number of hooked (class, selector) pairs, and each of them.
uint64_t countHookedMethods();
struct HookedMethod {
  Class cls;
  SEL selector;
  const char *name;  // of the selector: asking the runtime for it takes its lock
  AnyFunction original;
  AnyFunction hook;
  HookNumber number;
};
const HookedMethod &hookedMethod(uint64_t index);

}  // namespace agx_fix
