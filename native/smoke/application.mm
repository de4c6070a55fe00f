// Real message sends, compiled by an Objective-C++ compiler.
#include "smoke/application.h"

#include <objc/objc.h>
#include <objc/runtime.h>

typedef struct {
  unsigned long width, height, depth;
} ApplicationSize;

typedef struct {
  unsigned long location, length;
} ApplicationRange;

@protocol Driver
- (id)new;
- (id)retain;
- (void)release;
- (id)computeCommandEncoder;
- (id)computeCommandEncoderWithDispatchType:(unsigned long)type;
- (id)computeCommandEncoderWithDescriptor:(id)descriptor;
- (id)blitCommandEncoder;
- (id)blitCommandEncoderWithDescriptor:(id)descriptor;
- (id)renderCommandEncoderWithDescriptor:(id)descriptor;
- (id)parallelRenderCommandEncoderWithDescriptor:(id)descriptor;
- (id)renderCommandEncoder;
- (id)resourceStateCommandEncoder;
- (id)resourceStateCommandEncoderWithDescriptor:(id)descriptor;
- (id)accelerationStructureCommandEncoder;
- (id)accelerationStructureCommandEncoderWithDescriptor:(id)descriptor;
- (id)commandBufferFromCommandQueue:(id)queue;
- (id)commandBufferWithCommandBuffer:(id)buffer;
- (void)commit;
- (void)commitAndContinue;
- (void)encodeSignalEvent:(id)event value:(unsigned long long)value;
- (void)encodeWaitForEvent:(id)event value:(unsigned long long)value;
- (void)dispatchThreads:(ApplicationSize)threads threadsPerThreadgroup:(ApplicationSize)group;
- (void)dispatchThreadgroups:(ApplicationSize)groups threadsPerThreadgroup:(ApplicationSize)group;
- (void)setComputePipelineState:(id)state;
- (void)setBuffer:(id)buffer offset:(unsigned long)offset atIndex:(unsigned long)index;
- (void)setBytes:(const void *)bytes length:(unsigned long)length atIndex:(unsigned long)index;
- (void)setThreadgroupMemoryLength:(unsigned long)length atIndex:(unsigned long)index;
- (void)updateFence:(id)fence;
- (void)waitForFence:(id)fence;
- (void)fillBuffer:(id)buffer range:(ApplicationRange)range value:(unsigned char)value;
- (void)copyFromBuffer:(id)source sourceOffset:(unsigned long)from toBuffer:(id)target destinationOffset:(unsigned long)to size:(unsigned long)size;
- (void)endEncoding;
- (void)deferredEndEncoding;
- (void)destroyImpl;
@end

namespace application {

static const ApplicationSize kSize = {32, 1, 1};

Object makeCommandBuffer() { return [(id<Driver>)objc_lookUpClass("AGXG16XFamilyCommandBuffer") new]; }
Object makeComputeEncoder(Object buffer) { return [(id<Driver>)buffer computeCommandEncoder]; }
Object makeComputeEncoderWithDispatchType(Object buffer) { return [(id<Driver>)buffer computeCommandEncoderWithDispatchType:1]; }
Object makeComputeEncoderWithDescriptor(Object buffer) { return [(id<Driver>)buffer computeCommandEncoderWithDescriptor:nil]; }
Object makeBlitEncoder(Object buffer) { return [(id<Driver>)buffer blitCommandEncoder]; }
Object makeBlitEncoderWithDescriptor(Object buffer) { return [(id<Driver>)buffer blitCommandEncoderWithDescriptor:nil]; }
Object makeRenderEncoder(Object buffer) { return [(id<Driver>)buffer renderCommandEncoderWithDescriptor:nil]; }
Object makeParallelRenderEncoder(Object buffer) { return [(id<Driver>)buffer parallelRenderCommandEncoderWithDescriptor:nil]; }
Object makeResourceStateEncoder(Object buffer) { return [(id<Driver>)buffer resourceStateCommandEncoder]; }
Object makeResourceStateEncoderWithDescriptor(Object buffer) { return [(id<Driver>)buffer resourceStateCommandEncoderWithDescriptor:nil]; }
Object makeAccelerationStructureEncoder(Object buffer) { return [(id<Driver>)buffer accelerationStructureCommandEncoder]; }
Object makeAccelerationStructureEncoderWithDescriptor(Object buffer) { return [(id<Driver>)buffer accelerationStructureCommandEncoderWithDescriptor:nil]; }
Object makeSubEncoder(Object parallelEncoder) { return [(id<Driver>)parallelEncoder renderCommandEncoder]; }
Object makeMpsBuffer() { return [(id<Driver>)objc_lookUpClass("MPSCommandBuffer") commandBufferFromCommandQueue:nil]; }
Object wrapCommandBuffer(Object buffer) { return [(id<Driver>)objc_lookUpClass("MPSCommandBuffer") commandBufferWithCommandBuffer:(id)buffer]; }
void commitAndContinue(Object mpsBuffer) { [(id<Driver>)mpsBuffer commitAndContinue]; }
void signalEvent(Object buffer) { [(id<Driver>)buffer encodeSignalEvent:nil value:1]; }
void waitForEvent(Object buffer) { [(id<Driver>)buffer encodeWaitForEvent:nil value:1]; }
void commit(Object buffer) { [(id<Driver>)buffer commit]; }

void dispatchThreads(Object encoder) { [(id<Driver>)encoder dispatchThreads:kSize threadsPerThreadgroup:kSize]; }
void dispatchThreadgroups(Object encoder) { [(id<Driver>)encoder dispatchThreadgroups:kSize threadsPerThreadgroup:kSize]; }
void setPipelineState(Object encoder) { [(id<Driver>)encoder setComputePipelineState:nil]; }
void setBuffer(Object encoder) { [(id<Driver>)encoder setBuffer:nil offset:0 atIndex:0]; }
void setBytes(Object encoder) { [(id<Driver>)encoder setBytes:&kSize length:sizeof kSize atIndex:0]; }
void setThreadgroupMemory(Object encoder) { [(id<Driver>)encoder setThreadgroupMemoryLength:16 atIndex:0]; }
void fillBuffer(Object encoder) { [(id<Driver>)encoder fillBuffer:nil range:ApplicationRange{0, 16} value:0]; }
void copyBuffer(Object encoder) { [(id<Driver>)encoder copyFromBuffer:nil sourceOffset:0 toBuffer:nil destinationOffset:0 size:16]; }
void updateFence(Object encoder) { [(id<Driver>)encoder updateFence:nil]; }
void waitForFence(Object encoder) { [(id<Driver>)encoder waitForFence:nil]; }
void endEncoding(Object encoder) { [(id<Driver>)encoder endEncoding]; }
void deferredEndEncoding(Object encoder) { [(id<Driver>)encoder deferredEndEncoding]; }
void destroyImpl(Object encoder) { [(id<Driver>)encoder destroyImpl]; }

void retain(Object object) { [(id<Driver>)object retain]; }
void release(Object object) { [(id<Driver>)object release]; }

}  // namespace application
