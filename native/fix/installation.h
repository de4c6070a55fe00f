// Puts the hooks in place.
#pragma once

namespace agx_fix {

/// Hooks every driver class that is known by now and not hooked yet. Idempotent; any thread.
void installHooks();

}  // namespace agx_fix
