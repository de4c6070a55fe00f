// The references the fix holds on encoders.
#pragma once

#include <objc/objc.h>

namespace agx_fix {

/// Sends -retain and counts it.
void retainEncoder(id encoder);
/// Sends -release and counts it; may deallocate the encoder, so never call it with the guard held.
void releaseEncoder(id encoder);

}  // namespace agx_fix
