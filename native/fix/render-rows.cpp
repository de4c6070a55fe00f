// What is hooked of render and parallel render encoders (MTLRenderCommandEncoder,
// MTLParallelRenderCommandEncoder), beside what every encoder has.
#include "fix/buffer-hook.h"
#include "fix/metal-types.h"
#include "fix/work-hook.h"

#define HOOK_ROWS_FROM 2000

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
#include "fix/render-rows.inc"
    HOOK_ROWS_END,
};

const HookRow parallelRenderRows[] = {
    HOOK_ROW("renderCommandEncoder", SubEncoderHook),
    STORE_ACTIONS,
    HOOK_ROWS_END,
};

}  // namespace agx_fix
