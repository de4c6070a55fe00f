// The driver's root class and encoder classes. Every method is one line that calls the C++ function; nothing else
// belongs here. The work methods are lists of WORK(…), one line each, in *.inc.
//
// AGX_SIM_PARTIAL makes a driver with parts missing: no blit class, and no ivar `_impl` in the classes
// that are neither compute nor blit (it is there under another name).
#include "driver-sim/encoder.h"
#include "driver-sim/ivar-check.h"
#include "driver-sim/parallel-render.h"
#include "driver-sim/root-class.h"
#include "driver-sim/work.h"

using namespace agx_sim;

// A work method: hands over to the C++ function, which carries the claims.
#define WORK(field, signature, ...) \
  - (void)signature { agx_sim::work(AS_ENCODER, field, ##__VA_ARGS__); }

#ifdef AGX_SIM_PARTIAL
#define WIDE_IMPL _implementation
#else
#define WIDE_IMPL _impl
#endif

@implementation AGXSimObject
// @unmodelled runs before the first message to any class here
+ (void)initialize { agx_sim::checkIvars(); }
// @unmodelled hands over to the C++ function, which carries the claims
+ (id)new { return (id)agx_sim::allocateObject((Class)self); }
// @unmodelled hands over to the C++ function, which carries the claims
- (id)retain { agx_sim::retainObject(AS_OBJECT); return self; }
// @unmodelled hands over to the C++ function, which carries the claims
- (void)release { agx_sim::releaseObject(AS_OBJECT); }
// @unmodelled hands over to the C++ function, which carries the claims
- (void)dealloc { agx_sim::freeObject(AS_OBJECT); }
// @unmodelled a property that no claim speaks of
- (id)device { return nil; }
// @unmodelled a property that no claim speaks of
- (id)label { return nil; }
// @unmodelled a property that no claim speaks of
- (void)setLabel:(id)label { (void)label; }
@end

// What all encoders share. The hooks must not reach it: a sibling would change with them.
@interface AGXSimContext : AGXSimObject {
  long _ended;
  long _implOffset;
  void *_children;
  void *_sibling;
}
- (void)endEncoding;
@end

@implementation AGXSimContext
// @unmodelled hands over to the C++ function, which carries the claims
- (void)endEncoding { agx_sim::endEncoder(AS_ENCODER); }
// @unmodelled hands over to the C++ function, which carries the claims
- (void)deferredEndEncoding { agx_sim::deferredEndEncoder(AS_ENCODER); }
// @unmodelled hands over to the C++ function, which carries the claims
- (void)destroyImpl { agx_sim::destroyEncoderImpl(AS_ENCODER); }
// @unmodelled hands over to the C++ function, which carries the claims
- (void)dealloc { agx_sim::deallocEncoder(AS_ENCODER); [super dealloc]; }
@end

// Two shapes: `_impl` lies at offset 120 in compute and blit encoders, further back in the others.
@interface AGXSimNarrowContext : AGXSimContext {
  char _opaque[80];
  void *_impl;
}
@end

@implementation AGXSimNarrowContext
@end

@interface AGXSimWideContext : AGXSimContext {
  char _opaque[112];
  void *WIDE_IMPL;
}
@end

@implementation AGXSimWideContext
@end

@interface AGXG16XFamilyComputeContext : AGXSimNarrowContext
@end

@implementation AGXG16XFamilyComputeContext
#include "driver-sim/compute-methods.inc"
@end

#ifndef AGX_SIM_PARTIAL
@interface AGXG16XFamilyBlitContext : AGXSimNarrowContext
@end

@implementation AGXG16XFamilyBlitContext
#include "driver-sim/blit-methods.inc"
@end
#endif

@interface AGXG16XFamilyRenderContext : AGXSimWideContext
@end

@implementation AGXG16XFamilyRenderContext
#include "driver-sim/render-methods.inc"
@end

@interface AGXG16XFamilyParallelRenderContext : AGXSimWideContext
@end

@implementation AGXG16XFamilyParallelRenderContext
#include "driver-sim/parallel-render-methods.inc"
// @unmodelled hands over to the C++ function, which carries the claims
- (id)renderCommandEncoder { return (id)agx_sim::makeSubEncoder(AS_ENCODER, CLASS("AGXG16XFamilyRenderContext")); }
// @unmodelled hands over to the C++ function, which carries the claims
- (void)endEncoding { agx_sim::releaseSubEncoders(AS_ENCODER); [super endEncoding]; }
// @unmodelled hands over to the C++ function, which carries the claims
- (void)dealloc { agx_sim::releaseSubEncoders(AS_ENCODER); [super dealloc]; }
@end

@interface AGXG16XFamilyResourceStateContext : AGXSimWideContext
- (void)updateFence:(id)fence;
@end

@implementation AGXG16XFamilyResourceStateContext
#include "driver-sim/resource-state-methods.inc"
@end

// A subclass of another encoder class, as drivers have them: it inherits most methods, replaces one, and
// extends one by calling its superclass, with the same object and selector.
@interface AGXG16XFamilyAccelerationStructureContext : AGXG16XFamilyResourceStateContext
@end

@implementation AGXG16XFamilyAccelerationStructureContext
#include "driver-sim/acceleration-structure-methods.inc"
// @unmodelled hands over to the C++ function, which carries the claims
- (void)updateFence:(id)fence { [super updateFence:fence]; agx_sim::work(AS_ENCODER, 0xb08, fence); }
@end
