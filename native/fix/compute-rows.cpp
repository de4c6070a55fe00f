// What is hooked of every encoder, and of compute encoders: MTLCommandEncoder, MTLComputeCommandEncoder, and
// the flushes that earlier versions of the fix hooked. A class gets the rows that it has a method for.
#include "fix/metal-types.h"
#include "fix/work-hook.h"

#define HOOK_ROWS_FROM 0

namespace agx_fix {

const HookRow everyEncoderRows[] = {
    PLAIN("endEncoding", endEncoding),
    PLAIN("deferredEndEncoding", endDeferred),
    PLAIN("destroyImpl", destroyImpl),
    PLAIN("dealloc", deallocEncoder),
    WORK("setLabel:", void, id),
    WORK("insertDebugSignpost:", void, id),
    WORK("pushDebugGroup:", void, id),
    WORK("popDebugGroup", void),
    WORK("barrierAfterQueueStages:beforeStages:", void, Word, Word),
    HOOK_ROWS_END,
};

const HookRow computeRows[] = {
    WORK("dispatchType", Word),
    WORK("setComputePipelineState:", void, id),
    WORK("setBytes:length:atIndex:", void, const void *, Word, Word),
    WORK("setBytes:length:attributeStride:atIndex:", void, const void *, Word, Word, Word),
    WORK("setBuffer:offset:atIndex:", void, id, Word, Word),
    WORK("setBuffer:offset:attributeStride:atIndex:", void, id, Word, Word, Word),
    WORK("setBufferOffset:atIndex:", void, Word, Word),
    WORK("setBufferOffset:attributeStride:atIndex:", void, Word, Word, Word),
    WORK("setBuffers:offsets:withRange:", void, const id *, const Word *, Range),
    WORK("setBuffers:offsets:attributeStrides:withRange:", void, const id *, const Word *, const Word *, Range),
    WORK("setVisibleFunctionTable:atBufferIndex:", void, id, Word),
    WORK("setVisibleFunctionTables:withBufferRange:", void, const id *, Range),
    WORK("setIntersectionFunctionTable:atBufferIndex:", void, id, Word),
    WORK("setIntersectionFunctionTables:withBufferRange:", void, const id *, Range),
    WORK("setAccelerationStructure:atBufferIndex:", void, id, Word),
    WORK("setTexture:atIndex:", void, id, Word),
    WORK("setTextures:withRange:", void, const id *, Range),
    WORK("setSamplerState:atIndex:", void, id, Word),
    WORK("setSamplerState:lodMinClamp:lodMaxClamp:atIndex:", void, id, float, float, Word),
    WORK("setSamplerStates:withRange:", void, const id *, Range),
    WORK("setSamplerStates:lodMinClamps:lodMaxClamps:withRange:", void, const id *, const float *, const float *, Range),
    WORK("setThreadgroupMemoryLength:atIndex:", void, Word, Word),
    WORK("setImageblockWidth:height:", void, Word, Word),
    WORK("setStageInRegion:", void, Region),
    WORK("setStageInRegionWithIndirectBuffer:indirectBufferOffset:", void, id, Word),
    WORK("dispatchThreads:threadsPerThreadgroup:", void, Size, Size),
    WORK("dispatchThreadgroups:threadsPerThreadgroup:", void, Size, Size),
    WORK("dispatchThreadgroupsWithIndirectBuffer:indirectBufferOffset:threadsPerThreadgroup:", void, id, Word, Size),
    WORK("dispatchWaitFlush", void),
    WORK("dispatchFlushInvalidate", void),
    WORK("dispatchFlushOnly", void),
    WORK("dispatchInvalidateOnly", void),
    WORK("dispatchFenceOnly", void),
    WORK("updateFence:", void, id),
    WORK("waitForFence:", void, id),
    WORK("useResource:usage:", void, id, Word),
    WORK("useResource:usage:stages:", void, id, Word, Word),
    WORK("useResources:count:usage:", void, const id *, Word, Word),
    WORK("useResources:count:usage:stages:", void, const id *, Word, Word, Word),
    WORK("useHeap:", void, id),
    WORK("useHeap:stages:", void, id, Word),
    WORK("useHeaps:count:", void, const id *, Word),
    WORK("useHeaps:count:stages:", void, const id *, Word, Word),
    WORK("executeCommandsInBuffer:withRange:", void, id, Range),
    WORK("executeCommandsInBuffer:indirectBuffer:indirectBufferOffset:", void, id, id, Word),
    WORK("memoryBarrierWithScope:", void, Word),
    WORK("memoryBarrierWithResources:count:", void, const id *, Word),
    WORK("sampleCountersInBuffer:atSampleIndex:withBarrier:", void, id, Word, BOOL),
    HOOK_ROWS_END,
};

}  // namespace agx_fix
