// What an application does with the driver: message sends to its objects. Objects are borrowed or
// owned exactly as the driver's methods say; nothing is retained behind the caller's back.
#pragma once

namespace application {

typedef void *Object;

/// A command buffer with one reference, which is the caller's.
Object makeCommandBuffer();
/// Factories; the result is borrowed.
Object makeComputeEncoder(Object buffer);
Object makeComputeEncoderWithDispatchType(Object buffer);
Object makeComputeEncoderWithDescriptor(Object buffer);
Object makeBlitEncoder(Object buffer);
Object makeBlitEncoderWithDescriptor(Object buffer);
Object makeRenderEncoder(Object buffer);
Object makeParallelRenderEncoder(Object buffer);
Object makeResourceStateEncoder(Object buffer);
Object makeResourceStateEncoderWithDescriptor(Object buffer);
Object makeAccelerationStructureEncoder(Object buffer);
Object makeAccelerationStructureEncoderWithDescriptor(Object buffer);
/// A render encoder from a parallel one, which it is borrowed from.
Object makeSubEncoder(Object parallelEncoder);
void commit(Object buffer);
void signalEvent(Object buffer);
void waitForEvent(Object buffer);

/// An MPS command buffer with one reference, which is the caller's; the functions above take it as well.
Object makeMpsBuffer();
/// The same around a command buffer of the caller's.
Object wrapCommandBuffer(Object buffer);
/// Commits, and goes on with a fresh command buffer inside.
void commitAndContinue(Object mpsBuffer);

/// Work. encoder-messages.h has all of it.
void dispatchThreads(Object encoder);
void dispatchThreadgroups(Object encoder);
void setPipelineState(Object encoder);
void setBuffer(Object encoder);
void setBytes(Object encoder);
void setThreadgroupMemory(Object encoder);
void fillBuffer(Object encoder);
void copyBuffer(Object encoder);
void updateFence(Object encoder);
void waitForFence(Object encoder);
void endEncoding(Object encoder);
/// What the driver sends itself when it gets to an ended encoder later.
void deferredEndEncoding(Object encoder);
/// What it comes down to, and what an encoder that is deallocated is sent as well.
void destroyImpl(Object encoder);

void retain(Object object);
void release(Object object);

}  // namespace application
