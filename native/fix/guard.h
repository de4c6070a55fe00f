// The one guard of the fix: recursive, process-wide.
//
// Lock order, of everything the fix takes or calls:
//   1. the guard
//   2. the installation lock (installation.cpp)
//   3. locks of the Objective-C runtime, of malloc, and of the driver
// The guard is never waited for with 2 or 3 held by the fix itself. The fix calls the driver with the guard
// held, so the driver's locks come after it; the driver's own messages to encoders, sent with its locks free,
// come back through hooks to a guard that the thread holds already. A class that a factory returns is hooked
// with the guard held: 1, 2, 3. A driver that is loaded is hooked without it: 2, 3. Reports, counters and what is
// said of a class that is missing take nothing, not even the lock of stderr. References are released without the guard, since a last one deallocates.
#pragma once

#include <objc/objc.h>

#include "fix/calls-in-flight.h"

namespace agx_fix {

/// Holds the guard for as long as the object lives, also when an exception unwinds its scope. The call on
/// `object` is in flight from before the guard is waited for until just before it is given back.
class GuardHold {
 public:
  GuardHold(id object, Doing doing);
  ~GuardHold();
  GuardHold(const GuardHold &) = delete;
  GuardHold &operator=(const GuardHold &) = delete;
};

/// In a forked child: nobody holds the guard, whoever held it in the parent. Async-signal-safe.
void freeGuardInChild();

}  // namespace agx_fix
