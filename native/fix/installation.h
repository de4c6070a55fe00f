// Puts the hooks in place.
#pragma once

#include <objc/objc.h>

#include "fix/driver-classes.h"

namespace agx_fix {

/// Hooks every driver class that is known by now and not hooked yet. Idempotent; any thread, but not one that
/// holds the guard or a lock of the runtime.
void installHooks();

/// Hooks the rows of `kind` in `cls`, a class that a factory returned, unless that was done. True when they
/// are in place. Takes the installation lock when there is something to do.
bool ensureHooked(Class cls, Kind kind);

/// In a forked child: nobody hooks, whoever did in the parent. Async-signal-safe.
void freeInstallationInChild();

}  // namespace agx_fix
