// Lines of JSON for AGX_FIX_REPORT: what a process leaves as evidence that the fix was in it.
#pragma once

namespace agx_fix {

/// Appends a line for `event`: "load", "hooks" or "exit"; the last has the statistics. Does nothing
/// without AGX_FIX_REPORT, and "hooks" nothing while no method was hooked since the last line.
void reportEvent(const char *event);

/// With AGX_FIX_VERBOSE: one line on stderr with what was counted, unless nothing is hooked.
void sayWhatWasCounted();

}  // namespace agx_fix
