// What the fix counted, when it is in the process.
#pragma once

#include "fix/agx_fix.h"

namespace smoke {

/// True when libagx_fix is loaded and has hooked something.
bool isFixActive();
/// What agx_fix_is_active says; -1 without the fix.
int readFixState();
/// The fix's statistics; all zero when it is not loaded.
agx_fix_statistics readFixStatistics();

}  // namespace smoke
