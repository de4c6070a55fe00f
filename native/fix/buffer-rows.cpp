// What is hooked of command buffers. Not `computeCommandEncoderWithConfig:`, which the others come down to:
// its signature is not public.
#include "fix/buffer-hook.h"
#include "fix/work-hook.h"

#define HOOK_ROWS_FROM 3000

namespace agx_fix {

#define FACTORY(selector, kind, ownerOf, ...) HOOK_ROW(selector, FactoryHook, kind, ownerOf, ##__VA_ARGS__)

#define BUFFER_ROWS(ownerOf)                                                                                       \
  FACTORY("computeCommandEncoder", Kind::Compute, ownerOf),                                                        \
  FACTORY("computeCommandEncoderWithDescriptor:", Kind::Compute, ownerOf, id),                                     \
  FACTORY("computeCommandEncoderWithDispatchType:", Kind::Compute, ownerOf, Word),                                 \
  FACTORY("blitCommandEncoder", Kind::Blit, ownerOf),                                                              \
  FACTORY("blitCommandEncoderWithDescriptor:", Kind::Blit, ownerOf, id),                                           \
  FACTORY("renderCommandEncoderWithDescriptor:", Kind::Render, ownerOf, id),                                       \
  FACTORY("parallelRenderCommandEncoderWithDescriptor:", Kind::ParallelRender, ownerOf, id),                       \
  FACTORY("resourceStateCommandEncoder", Kind::ResourceState, ownerOf),                                            \
  FACTORY("resourceStateCommandEncoderWithDescriptor:", Kind::ResourceState, ownerOf, id),                         \
  FACTORY("accelerationStructureCommandEncoder", Kind::AccelerationStructure, ownerOf),                            \
  FACTORY("accelerationStructureCommandEncoderWithDescriptor:", Kind::AccelerationStructure, ownerOf, id),         \
  HOOK_ROW("commit", CommitHook, ownerOf),                                                                         \
  HOOK_ROW("encodeSignalEvent:value:", EventHook, id, uint64_t),                                                   \
  HOOK_ROW("encodeWaitForEvent:value:", EventHook, id, uint64_t),                                                  \
  PLAIN("dealloc", deallocBuffer)

const HookRow driverBufferRows[] = {BUFFER_ROWS(itself), HOOK_ROWS_END};

const HookRow mpsBufferRows[] = {
    BUFFER_ROWS(wrappedBuffer),
    HOOK_ROW("commitAndContinue", CommitHook, wrappedBuffer),
    HOOK_ROWS_END,
};

}  // namespace agx_fix
