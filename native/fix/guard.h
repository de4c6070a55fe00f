// The one guard of the fix: a recursive, process-wide mutex.
//
// Lock order: the guard is taken first, before any lock of the driver or of the Objective-C runtime,
// and never while the installation lock is held.
#pragma once

namespace agx_fix {

/// Holds the guard for as long as the object lives, also when an exception unwinds its scope.
class GuardHold {
 public:
  GuardHold();
  ~GuardHold();
};

}  // namespace agx_fix
