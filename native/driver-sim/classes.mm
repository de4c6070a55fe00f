// The driver's Objective-C classes. Every method is one line that calls the C++ function; no source
// tool parses Objective-C++, so nothing else belongs here.
#include "driver-sim/command-buffer.h"
#include "driver-sim/encoder.h"
#include "driver-sim/ivar-check.h"
#include "driver-sim/object.h"

using agx_sim::CommandBuffer;
using agx_sim::Encoder;
using agx_sim::Size;

#define AS_OBJECT ((agx_sim::Object *)self)
#define AS_ENCODER ((Encoder *)self)
#define AS_BUFFER ((CommandBuffer *)self)

__attribute__((objc_root_class)) @interface AGXSimObject {
  Class isa;
}
- (void)dealloc;
@end

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
@end

// What compute and blit encoders share. The hooks must not reach it: a sibling would change with them.
@interface AGXSimContext : AGXSimObject {
  long _ended;
  char _opaque[104];
  void *_impl;
}
@end

@implementation AGXSimContext
// @unmodelled hands over to the C++ function, which carries the claims
- (void)endEncoding { agx_sim::endEncoder(AS_ENCODER); }
// @unmodelled hands over to the C++ function, which carries the claims
- (void)deferredEndEncoding { agx_sim::deferredEndEncoder(AS_ENCODER); }
// @unmodelled hands over to the C++ function, which carries the claims
- (void)destroyImpl { agx_sim::destroyEncoderImpl(AS_ENCODER); }
// @unmodelled hands over to the C++ function, which carries the claims
- (void)updateFence:(id)fence { (void)fence; agx_sim::workOnEncoder(AS_ENCODER, 0x5d8); }
// @unmodelled hands over to the C++ function, which carries the claims
- (void)waitForFence:(id)fence { (void)fence; agx_sim::workOnEncoder(AS_ENCODER, 0x5d8); }
// @unmodelled hands over to the C++ function, which carries the claims
- (void)dealloc { agx_sim::deallocEncoder(AS_ENCODER); [super dealloc]; }
@end

@interface AGXG16XFamilyComputeContext : AGXSimContext
@end

@implementation AGXG16XFamilyComputeContext
// @unmodelled hands over to the C++ function, which carries the claims
- (void)setComputePipelineState:(id)state { (void)state; agx_sim::workOnEncoder(AS_ENCODER, 0x5c8); }
// @unmodelled hands over to the C++ function, which carries the claims
- (void)setBuffer:(id)buffer offset:(unsigned long)offset atIndex:(unsigned long)index { (void)buffer, (void)offset, (void)index; agx_sim::workOnEncoder(AS_ENCODER, 0x3b90); }
// @unmodelled hands over to the C++ function, which carries the claims
- (void)setBytes:(const void *)bytes length:(unsigned long)length atIndex:(unsigned long)index { (void)bytes, (void)length, (void)index; agx_sim::workOnEncoder(AS_ENCODER, 0x3b90); }
// @unmodelled hands over to the C++ function, which carries the claims
- (void)setThreadgroupMemoryLength:(unsigned long)length atIndex:(unsigned long)index { (void)length, (void)index; agx_sim::workOnEncoder(AS_ENCODER, 0x638); }
// @unmodelled hands over to the C++ function, which carries the claims
- (void)dispatchThreads:(Size)threads threadsPerThreadgroup:(Size)group { (void)threads, (void)group; agx_sim::workOnEncoder(AS_ENCODER, 0x5f4); }
// @unmodelled hands over to the C++ function, which carries the claims
- (void)dispatchThreadgroups:(Size)groups threadsPerThreadgroup:(Size)group { (void)groups, (void)group; agx_sim::workOnEncoder(AS_ENCODER, 0x5f4); }
@end

@interface AGXG16XFamilyBlitContext : AGXSimContext
@end

@implementation AGXG16XFamilyBlitContext
// @unmodelled hands over to the C++ function, which carries the claims
- (void)fillBuffer:(id)buffer range:(agx_sim::Range)range value:(unsigned char)value { (void)buffer, (void)range, (void)value; agx_sim::workOnEncoder(AS_ENCODER, 0x98); }
// @unmodelled hands over to the C++ function, which carries the claims
- (void)copyFromBuffer:(id)source sourceOffset:(unsigned long)from toBuffer:(id)target destinationOffset:(unsigned long)to size:(unsigned long)size { (void)source, (void)from, (void)target, (void)to, (void)size; agx_sim::workOnEncoder(AS_ENCODER, 0x184); }
@end

@interface AGXG16XFamilyCommandBuffer : AGXSimObject {
  void *_previousComputeCommandEncoder;
  long _threadsInside;
}
@end

#define MAKE(name) ((id)agx_sim::makeEncoder(AS_BUFFER, (Class)objc_lookUpClass(name)))

@implementation AGXG16XFamilyCommandBuffer
// @unmodelled hands over to the C++ function, which carries the claims
- (id)computeCommandEncoder { return MAKE("AGXG16XFamilyComputeContext"); }
// @unmodelled hands over to the C++ function, which carries the claims
- (id)computeCommandEncoderWithDispatchType:(unsigned long)type { (void)type; return MAKE("AGXG16XFamilyComputeContext"); }
// @unmodelled hands over to the C++ function, which carries the claims
- (id)computeCommandEncoderWithDescriptor:(id)descriptor { (void)descriptor; return MAKE("AGXG16XFamilyComputeContext"); }
// @unmodelled hands over to the C++ function, which carries the claims
- (id)blitCommandEncoderWithDescriptor:(id)descriptor { (void)descriptor; return MAKE("AGXG16XFamilyBlitContext"); }
// @unmodelled hands over to the C++ function, which carries the claims
- (id)blitCommandEncoder { return MAKE("AGXG16XFamilyBlitContext"); }
// @unmodelled hands over to the C++ function, which carries the claims
- (void)commit { agx_sim::commitBuffer(AS_BUFFER); }
// @unmodelled hands over to the C++ function, which carries the claims
- (void)dealloc { agx_sim::deallocBuffer(AS_BUFFER); [super dealloc]; }
@end
