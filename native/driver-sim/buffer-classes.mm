// The driver's command buffer and the one of MPS around it. Every method is one line that calls the C++
// function; what both have is in factory-methods.inc.
#include "driver-sim/command-buffer.h"
#include "driver-sim/metal-types.h"
#include "driver-sim/mps-buffer.h"
#include "driver-sim/root-class.h"

using namespace agx_sim;

#define AS_BUFFER ((CommandBuffer *)self)
#define AS_MPS_BUFFER ((MpsBuffer *)self)
#define MAKE(name) ((id)agx_sim::makeEncoder(AS_BUFFER, CLASS(name)))

@interface AGXG16XFamilyCommandBuffer : AGXSimObject {
  void *_previousComputeCommandEncoder;
  long _threadsInside;
}
@end

@implementation AGXG16XFamilyCommandBuffer
#include "driver-sim/factory-methods.inc"
// @unmodelled hands over to the C++ function, which carries the claims
- (void)commit { agx_sim::commitBuffer(AS_BUFFER); }
// @unmodelled nothing here runs on a device, so all work is complete
- (void)waitUntilCompleted {}
// @unmodelled hands over to the C++ function, which carries the claims
- (void)dealloc { agx_sim::deallocBuffer(AS_BUFFER); [super dealloc]; }
@end

// Its factories and events reach the driver without a message to the buffer that it wraps.
#undef AS_BUFFER
#define AS_BUFFER (((MpsBuffer *)self)->wrapped)

@interface MPSCommandBuffer : AGXSimObject {
  void *_commandBuffer;
}
@end

@implementation MPSCommandBuffer
// @unmodelled hands over to the C++ function, which carries the claims
+ (id)new { return (id)agx_sim::makeMpsBuffer((Class)self, nullptr); }
// @unmodelled hands over to the C++ function, which carries the claims
+ (id)commandBufferFromCommandQueue:(id)queue { (void)queue; return (id)agx_sim::makeMpsBuffer((Class)self, nullptr); }
// @unmodelled hands over to the C++ function, which carries the claims
+ (id)commandBufferWithCommandBuffer:(id)buffer { return (id)agx_sim::makeMpsBuffer((Class)self, (CommandBuffer *)buffer); }
// @unmodelled reads a pointer
- (id)commandBuffer { return (id)AS_BUFFER; }
// @unmodelled reads a pointer
- (id)rootCommandBuffer { return (id)AS_BUFFER; }
#include "driver-sim/factory-methods.inc"
// @unmodelled hands over to the C++ function, which carries the claims
- (void)commit { agx_sim::commitMpsBuffer(AS_MPS_BUFFER); }
// @unmodelled hands over to the C++ function, which carries the claims
- (void)commitAndContinue { agx_sim::commitAndContinue(AS_MPS_BUFFER); }
// @unmodelled nothing here runs on a device, so all work is complete
- (void)waitUntilCompleted {}
// @unmodelled hands over to the C++ function, which carries the claims
- (void)dealloc { agx_sim::deallocMpsBuffer(AS_MPS_BUFFER); [super dealloc]; }
@end
