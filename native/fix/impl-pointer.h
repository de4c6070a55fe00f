// The encoder's pointer to its C++ part, which the driver dereferences without a test.
#pragma once

#include <objc/objc.h>

namespace agx_fix {

/// False when the encoder has an `_impl` and it is NULL. An object without such an ivar counts as
/// usable: nothing is known about it, and dropping its calls would lose work. Needs the guard.
bool hasUsableImpl(id encoder);

}  // namespace agx_fix
