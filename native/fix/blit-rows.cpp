// What is hooked of blit encoders (MTLBlitCommandEncoder), resource state encoders
// (MTLResourceStateCommandEncoder) and acceleration structure encoders
// (MTLAccelerationStructureCommandEncoder), beside what every encoder has.
#include "fix/metal-types.h"
#include "fix/work-hook.h"

#define HOOK_ROWS_FROM 1000

namespace agx_fix {

#define COPY_FROM_TEXTURE "copyFromTexture:sourceSlice:sourceLevel:sourceOrigin:sourceSize:"
#define COPY_FROM_ROWS "copyFromBuffer:sourceOffset:sourceBytesPerRow:sourceBytesPerImage:sourceSize:"
#define TO_TEXTURE "toTexture:destinationSlice:destinationLevel:destinationOrigin:"
#define TO_ROWS "toBuffer:destinationOffset:destinationBytesPerRow:destinationBytesPerImage:"

const HookRow blitRows[] = {
    WORK("fillBuffer:range:value:", void, id, Range, uint8_t),
    WORK("copyFromBuffer:sourceOffset:toBuffer:destinationOffset:size:", void, id, Word, id, Word, Word),
    WORK(COPY_FROM_ROWS TO_TEXTURE, void, id, Word, Word, Word, Size, id, Word, Word, Origin),
    WORK(COPY_FROM_ROWS TO_TEXTURE "options:", void, id, Word, Word, Word, Size, id, Word, Word, Origin, Word),
    WORK(COPY_FROM_TEXTURE TO_TEXTURE, void, id, Word, Word, Origin, Size, id, Word, Word, Origin),
    WORK(COPY_FROM_TEXTURE TO_ROWS, void, id, Word, Word, Origin, Size, id, Word, Word, Word),
    WORK(COPY_FROM_TEXTURE TO_ROWS "options:", void, id, Word, Word, Origin, Size, id, Word, Word, Word, Word),
    WORK("copyFromTexture:sourceSlice:sourceLevel:toTexture:destinationSlice:destinationLevel:sliceCount:levelCount:",
         void, id, Word, Word, id, Word, Word, Word, Word),
    WORK("copyFromTexture:toTexture:", void, id, id),
    WORK("synchronizeResource:", void, id),
    WORK("synchronizeTexture:slice:level:", void, id, Word, Word),
    WORK("generateMipmapsForTexture:", void, id),
    WORK("updateFence:", void, id),
    WORK("waitForFence:", void, id),
    WORK("getTextureAccessCounters:region:mipLevel:slice:resetCounters:countersBuffer:countersBufferOffset:", void, id,
         Region, Word, Word, BOOL, id, Word),
    WORK("resetTextureAccessCounters:region:mipLevel:slice:", void, id, Region, Word, Word),
    WORK("optimizeContentsForGPUAccess:", void, id),
    WORK("optimizeContentsForGPUAccess:slice:level:", void, id, Word, Word),
    WORK("optimizeContentsForCPUAccess:", void, id),
    WORK("optimizeContentsForCPUAccess:slice:level:", void, id, Word, Word),
    WORK("resetCommandsInBuffer:withRange:", void, id, Range),
    WORK("copyIndirectCommandBuffer:sourceRange:destination:destinationIndex:", void, id, Range, id, Word),
    WORK("optimizeIndirectCommandBuffer:withRange:", void, id, Range),
    WORK("sampleCountersInBuffer:atSampleIndex:withBarrier:", void, id, Word, BOOL),
    WORK("resolveCounters:inRange:destinationBuffer:destinationOffset:", void, id, Range, id, Word),
    HOOK_ROWS_END,
};

const HookRow resourceStateRows[] = {
    WORK("updateTextureMapping:mode:region:mipLevel:slice:", void, id, Word, Region, Word, Word),
    WORK("updateTextureMappings:mode:regions:mipLevels:slices:numRegions:", void, id, Word, const Region *,
         const Word *, const Word *, Word),
    WORK("updateTextureMapping:mode:indirectBuffer:indirectBufferOffset:", void, id, Word, id, Word),
    WORK("moveTextureMappingsFromTexture:sourceSlice:sourceLevel:sourceOrigin:sourceSize:" TO_TEXTURE, void, id, Word,
         Word, Origin, Size, id, Word, Word, Origin),
    WORK("updateFence:", void, id),
    WORK("waitForFence:", void, id),
    HOOK_ROWS_END,
};

const HookRow accelerationStructureRows[] = {
    WORK("buildAccelerationStructure:descriptor:scratchBuffer:scratchBufferOffset:", void, id, id, id, Word),
    WORK("refitAccelerationStructure:descriptor:destination:scratchBuffer:scratchBufferOffset:", void, id, id, id, id,
         Word),
    WORK("refitAccelerationStructure:descriptor:destination:scratchBuffer:scratchBufferOffset:options:", void, id, id,
         id, id, Word, Word),
    WORK("copyAccelerationStructure:toAccelerationStructure:", void, id, id),
    WORK("copyAndCompactAccelerationStructure:toAccelerationStructure:", void, id, id),
    WORK("writeCompactedAccelerationStructureSize:toBuffer:offset:", void, id, id, Word),
    WORK("writeCompactedAccelerationStructureSize:toBuffer:offset:sizeDataType:", void, id, id, Word, Word),
    WORK("updateFence:", void, id),
    WORK("waitForFence:", void, id),
    WORK("useResource:usage:", void, id, Word),
    WORK("useResources:count:usage:", void, const id *, Word, Word),
    WORK("useHeap:", void, id),
    WORK("useHeaps:count:", void, const id *, Word),
    WORK("sampleCountersInBuffer:atSampleIndex:withBarrier:", void, id, Word, BOOL),
    HOOK_ROWS_END,
};

}  // namespace agx_fix
