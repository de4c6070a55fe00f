// Reference counts of the driver's objects.
#pragma once

#include "driver-sim/objects.h"

namespace agx_sim {

/// A cleared object of class `cls` with one reference, which is the caller's.
Object *allocateObject(Class cls);
/// Gives an object's memory back.
void freeObject(Object *object);
/// Adds a reference.
void retainObject(Object *object);
/// Takes one away; sends -dealloc when it was the last.
void releaseObject(Object *object);

}  // namespace agx_sim
