// Reference counts of the driver's objects.
#pragma once

#include "driver-sim/objects.h"

namespace agx_sim {

/// Adds a reference.
void retainObject(Object *object);
/// Takes one away; sends -dealloc when it was the last.
void releaseObject(Object *object);

}  // namespace agx_sim
