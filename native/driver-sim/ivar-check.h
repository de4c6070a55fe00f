// The two descriptions of the driver's objects, objects.h and the Objective-C classes, have to agree.
#pragma once

#include "driver-sim/objects.h"

namespace agx_sim {

/// Ends the process when an ivar lies elsewhere than the C++ field of the same meaning.
void checkIvars();
/// Offset of the impl pointer in an encoder class, whatever the ivar is called.
size_t findImplOffset(Class cls);

}  // namespace agx_sim
