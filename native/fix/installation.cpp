// Finds the driver's classes by name and hooks them. The lists name what PyTorch's MPS backend uses.
#include "fix/installation.h"

#include <objc/runtime.h>
#include <pthread.h>

#include "fix/hooked-methods.h"
#include "fix/hooks.h"
#include "fix/settings.h"

namespace agx_fix {

struct Hook {
  const char *selector;
  AnyFunction function;
};

struct HookedClass {
  const char *name;
  const Hook *hooks;
  bool isDone;
};

#define HOOK(function) reinterpret_cast<AnyFunction>(function)

static const Hook bufferHooks[] = {
    {"computeCommandEncoder", HOOK(hookFactory)},
    {"computeCommandEncoderWithDispatchType:", HOOK(hookFactoryWithWord)},
    {"computeCommandEncoderWithDescriptor:", HOOK(hookFactoryWithWord)},
    {"blitCommandEncoder", HOOK(hookFactory)},
    {"blitCommandEncoderWithDescriptor:", HOOK(hookFactoryWithWord)},
    {"commit", HOOK(hookCommit)},
    {"dealloc", HOOK(hookBufferDealloc)},
    {nullptr, nullptr},
};

static const Hook encoderHooks[] = {
    {"endEncoding", HOOK(hookEndEncoding)},
    {"destroyImpl", HOOK(hookDestroyImpl)},
    {"setComputePipelineState:", HOOK(hookWorkWithPointer)},
    {"updateFence:", HOOK(hookWorkWithPointer)},
    {"waitForFence:", HOOK(hookWorkWithPointer)},
    {"setBuffer:offset:atIndex:", HOOK(hookWorkWithPointerAndWords)},
    {"setBytes:length:atIndex:", HOOK(hookWorkWithPointerAndWords)},
    {"setThreadgroupMemoryLength:atIndex:", HOOK(hookWorkWithWords)},
    {"dispatchThreads:threadsPerThreadgroup:", HOOK(hookWorkWithSizes)},
    {"dispatchThreadgroups:threadsPerThreadgroup:", HOOK(hookWorkWithSizes)},
    {"fillBuffer:range:value:", HOOK(hookFill)},
    {"copyFromBuffer:sourceOffset:toBuffer:destinationOffset:size:", HOOK(hookCopy)},
    {nullptr, nullptr},
};

static HookedClass classes[] = {
    {"AGXG16XFamilyCommandBuffer", bufferHooks, false},
    {"AGXG16XFamilyComputeContext", encoderHooks, false},
    {"AGXG16XFamilyBlitContext", encoderHooks, false},
};

static pthread_mutex_t installationMutex = PTHREAD_MUTEX_INITIALIZER;

// @unmodelled installation precedes every behaviour of the specs (assumption A-HOOKED)
static void hookClass(HookedClass &target) {
  const Class cls = static_cast<Class>(objc_lookUpClass(target.name));
  if (target.isDone || cls == nullptr) return;
  for (const Hook *hook = target.hooks; hook->selector != nullptr; ++hook)
    hookMethod(cls, hook->selector, reinterpret_cast<IMP>(hook->function));
  target.isDone = true;
}

// @unmodelled installation precedes every behaviour of the specs (assumption A-HOOKED)
void installHooks() {
  if (isDisabled()) return;
  pthread_mutex_lock(&installationMutex);
  for (HookedClass &target : classes) hookClass(target);
  pthread_mutex_unlock(&installationMutex);
}

}  // namespace agx_fix
