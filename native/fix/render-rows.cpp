// What is hooked of render and parallel render encoders (MTLRenderCommandEncoder,
// MTLParallelRenderCommandEncoder), beside what every encoder has.
#include "fix/buffer-hook.h"
#include "fix/metal-types.h"
#include "fix/work-hook.h"

namespace agx_fix {

// What each shader stage has: bytes, buffers, textures, samplers.
#define STAGE(stage)                                                                                                 \
  WORK("set" stage "Bytes:length:atIndex:", void, const void *, Word, Word),                                         \
  WORK("set" stage "Buffer:offset:atIndex:", void, id, Word, Word),                                                  \
  WORK("set" stage "BufferOffset:atIndex:", void, Word, Word),                                                       \
  WORK("set" stage "Buffers:offsets:withRange:", void, const id *, const Word *, Range),                             \
  WORK("set" stage "Texture:atIndex:", void, id, Word),                                                              \
  WORK("set" stage "Textures:withRange:", void, const id *, Range),                                                  \
  WORK("set" stage "SamplerState:atIndex:", void, id, Word),                                                         \
  WORK("set" stage "SamplerState:lodMinClamp:lodMaxClamp:atIndex:", void, id, float, float, Word),                   \
  WORK("set" stage "SamplerStates:withRange:", void, const id *, Range),                                             \
  WORK("set" stage "SamplerStates:lodMinClamps:lodMaxClamps:withRange:", void, const id *, const float *,            \
       const float *, Range)

// What vertex, fragment and tile stages have besides.
#define STAGE_TABLES(stage)                                                                                          \
  WORK("set" stage "VisibleFunctionTable:atBufferIndex:", void, id, Word),                                           \
  WORK("set" stage "VisibleFunctionTables:withBufferRange:", void, const id *, Range),                               \
  WORK("set" stage "IntersectionFunctionTable:atBufferIndex:", void, id, Word),                                      \
  WORK("set" stage "IntersectionFunctionTables:withBufferRange:", void, const id *, Range),                          \
  WORK("set" stage "AccelerationStructure:atBufferIndex:", void, id, Word)

#define STORE_ACTIONS                                                                                                \
  WORK("setColorStoreAction:atIndex:", void, Word, Word),                                                            \
  WORK("setDepthStoreAction:", void, Word),                                                                          \
  WORK("setStencilStoreAction:", void, Word),                                                                        \
  WORK("setColorStoreActionOptions:atIndex:", void, Word, Word),                                                     \
  WORK("setDepthStoreActionOptions:", void, Word),                                                                   \
  WORK("setStencilStoreActionOptions:", void, Word)

#define PATCHES "patchIndexBuffer:patchIndexBufferOffset:"
#define POINTS "controlPointIndexBuffer:controlPointIndexBufferOffset:"
#define INDIRECT "indirectBuffer:indirectBufferOffset:"
#define INDEXED "drawIndexedPrimitives:indexCount:indexType:indexBuffer:indexBufferOffset:"
#define MESH_SIZES "threadsPerObjectThreadgroup:threadsPerMeshThreadgroup:"

const HookRow renderRows[] = {
    WORK("setRenderPipelineState:", void, id),
    STAGE("Vertex"),
    STAGE_TABLES("Vertex"),
    WORK("setVertexBytes:length:attributeStride:atIndex:", void, const void *, Word, Word, Word),
    WORK("setVertexBuffer:offset:attributeStride:atIndex:", void, id, Word, Word, Word),
    WORK("setVertexBufferOffset:attributeStride:atIndex:", void, Word, Word, Word),
    WORK("setVertexBuffers:offsets:attributeStrides:withRange:", void, const id *, const Word *, const Word *, Range),
    STAGE("Fragment"),
    STAGE_TABLES("Fragment"),
    STAGE("Tile"),
    STAGE_TABLES("Tile"),
    STAGE("Object"),
    WORK("setObjectThreadgroupMemoryLength:atIndex:", void, Word, Word),
    STAGE("Mesh"),
    WORK("setViewport:", void, Viewport),
    WORK("setViewports:count:", void, const Viewport *, Word),
    WORK("setScissorRect:", void, ScissorRect),
    WORK("setScissorRects:count:", void, const ScissorRect *, Word),
    WORK("setFrontFacingWinding:", void, Word),
    WORK("setVertexAmplificationCount:viewMappings:", void, Word, const void *),
    WORK("setCullMode:", void, Word),
    WORK("setDepthClipMode:", void, Word),
    WORK("setDepthBias:slopeScale:clamp:", void, float, float, float),
    WORK("setTriangleFillMode:", void, Word),
    WORK("setBlendColorRed:green:blue:alpha:", void, float, float, float, float),
    WORK("setDepthStencilState:", void, id),
    WORK("setStencilReferenceValue:", void, uint32_t),
    WORK("setStencilFrontReferenceValue:backReferenceValue:", void, uint32_t, uint32_t),
    WORK("setVisibilityResultMode:offset:", void, Word, Word),
    STORE_ACTIONS,
    WORK("drawPrimitives:vertexStart:vertexCount:", void, Word, Word, Word),
    WORK("drawPrimitives:vertexStart:vertexCount:instanceCount:", void, Word, Word, Word, Word),
    WORK("drawPrimitives:vertexStart:vertexCount:instanceCount:baseInstance:", void, Word, Word, Word, Word, Word),
    WORK("drawPrimitives:" INDIRECT, void, Word, id, Word),
    WORK(INDEXED, void, Word, Word, Word, id, Word),
    WORK(INDEXED "instanceCount:", void, Word, Word, Word, id, Word, Word),
    WORK(INDEXED "instanceCount:baseVertex:baseInstance:", void, Word, Word, Word, id, Word, Word, SignedWord, Word),
    WORK("drawIndexedPrimitives:indexType:indexBuffer:indexBufferOffset:" INDIRECT, void, Word, Word, id, Word, id,
         Word),
    WORK("drawPatches:patchStart:patchCount:" PATCHES "instanceCount:baseInstance:", void, Word, Word, Word, id, Word,
         Word, Word),
    WORK("drawPatches:" PATCHES INDIRECT, void, Word, id, Word, id, Word),
    WORK("drawIndexedPatches:patchStart:patchCount:" PATCHES POINTS "instanceCount:baseInstance:", void, Word, Word,
         Word, id, Word, id, Word, Word, Word),
    WORK("drawIndexedPatches:" PATCHES POINTS INDIRECT, void, Word, id, Word, id, Word, id, Word),
    WORK("setTessellationFactorBuffer:offset:instanceStride:", void, id, Word, Word),
    WORK("setTessellationFactorScale:", void, float),
    WORK("drawMeshThreadgroups:" MESH_SIZES, void, Size, Size, Size),
    WORK("drawMeshThreads:" MESH_SIZES, void, Size, Size, Size),
    WORK("drawMeshThreadgroupsWithIndirectBuffer:indirectBufferOffset:" MESH_SIZES, void, id, Word, Size, Size),
    WORK("tileWidth", Word),
    WORK("tileHeight", Word),
    WORK("dispatchThreadsPerTile:", void, Size),
    WORK("setThreadgroupMemoryLength:offset:atIndex:", void, Word, Word, Word),
    WORK("textureBarrier", void),
    WORK("updateFence:afterStages:", void, id, Word),
    WORK("waitForFence:beforeStages:", void, id, Word),
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
    WORK("memoryBarrierWithScope:afterStages:beforeStages:", void, Word, Word, Word),
    WORK("memoryBarrierWithResources:count:afterStages:beforeStages:", void, const id *, Word, Word, Word),
    WORK("sampleCountersInBuffer:atSampleIndex:withBarrier:", void, id, Word, BOOL),
    HOOK_ROWS_END,
};

const HookRow parallelRenderRows[] = {
    HOOK_ROW("renderCommandEncoder", SubEncoderHook),
    STORE_ACTIONS,
    HOOK_ROWS_END,
};

}  // namespace agx_fix
