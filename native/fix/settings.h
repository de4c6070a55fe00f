// What the environment asks of the fix.
#pragma once

namespace agx_fix {

/// True when AGX_FIX_DISABLE is set to a value that means yes; see agx_fix.h.
bool isDisabled();

}  // namespace agx_fix
