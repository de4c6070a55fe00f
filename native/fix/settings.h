// What the environment asks of the fix; see agx_fix.h. Read once, at the first question.
#pragma once

namespace agx_fix {

/// AGX_FIX_DISABLE.
bool isDisabled();
/// AGX_FIX_VERBOSE.
bool isVerbose();
/// AGX_FIX_REPORT, or null when it is not set or empty.
const char *reportPath();

}  // namespace agx_fix
