// What the files of Objective-C classes share: the root class, and short names for C++ views of `self`.
#pragma once

#include "driver-sim/object.h"

#define AS_OBJECT ((agx_sim::Object *)self)
#define AS_ENCODER ((agx_sim::Encoder *)self)
#define CLASS(name) ((Class)objc_lookUpClass(name))

__attribute__((objc_root_class))
@interface AGXSimObject {
  Class isa;
}
- (void)dealloc;
@end
