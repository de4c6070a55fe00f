// What the hooks on command buffers of every shape share; see buffer-hook.h.
#include "fix/buffer-hook.h"

#include "fix/description.h"
#include "fix/encoder-table.h"
#include "fix/installation.h"
#include "fix/own-selectors.h"
#include "fix/references.h"
#include "fix/statistics.h"
#include "fix/work-hook.h"

namespace agx_fix {

// @unmodelled says which of two objects is the command buffer of the specs
id itself(id buffer) { return buffer; }

// A class is an MPS buffer's only when it has the getter. Without a wrapped buffer whose dealloc is hooked, the
// MPS buffer's own dealloc has to do.
// @claim AGXV2_3!EncodersAreReleased, AGXV2_3!RetainsBalanced
id wrappedBuffer(id buffer) {
  const SEL getter = ownSelectors.commandBuffer;
  const AnyFunction method = reinterpret_cast<AnyFunction>(class_getMethodImplementation(object_getClass(buffer), getter));
  const id wrapped = reinterpret_cast<id (*)(id, SEL)>(method)(buffer, getter);
  if (wrapped == nullptr) return buffer;
  return ensureHooked(object_getClass(wrapped), Kind::CommandBuffer) ? wrapped : buffer;
}

// @claim AGXV2_3!NoCommandBufferRace, AGXV2_3!NoStaleImpl
BufferCall::BufferCall(id called, HookNumber hook)
    : heldAcrossCall(called, Doing::Buffer), buffer(called), original(findTarget(called, hook)->original) {}

// Each pair of calls that overlap is seen once: by the one that ends first, while the other waits.
// @unmodelled monitor of A-SERIAL
BufferCall::~BufferCall() {
  const unsigned others = countCallsOfOthers(buffer, Doing::Buffer);
  if (others > 0) count(Counter::OverlappingBufferCalls, others);
}

// An encoder that is made anew for another command buffer is used until that one goes.
// @claim AGXV2_3!UsedEncoderHasRetain
static void noteReuse(EncoderEntry *entry, id owner, uint64_t trackedBefore) {
  const id encoder = static_cast<id>(const_cast<void *>(entry->key));
  entry->isEnded = false;
  entry->creator = ownThread();
  if (entry->number >= trackedBefore) return;  // made inside this call, which went through two hooks
  count(Counter::ReusedEncoders);
  if (owner != nullptr) moveEncoder(entry, owner);
  if (countCalls(encoder, Doing::Destroy) > 0) count(Counter::ReinitialisedInDestroy);
}

// A factory may return an encoder that exists, whose reference the fix holds already. Without memory
// for the table the encoder is left as the driver made it; a reference nobody could give back would leak.
// @claim AGXV2_3!ThreadEncoderHasRetain, AGXV2_3!UsedEncoderHasRetain, AGXV2_3!NoUseAfterFree
// @claim AGXV2_3!RetainsBalanced
static id adoptEncoder(id encoder, id owner, Kind kind, uint64_t trackedBefore) {
  if (encoder == nullptr) return encoder;
  ensureHooked(object_getClass(encoder), kind);
  sayWhatIsMissing();
  if (EncoderEntry *entry = findEncoder(encoder)) {
    noteReuse(entry, owner, trackedBefore);
    return encoder;
  }
  if (owner == nullptr || trackEncoder(encoder, owner) == nullptr) {
    count(Counter::UntrackedEncoders);
    return encoder;
  }
  retainEncoder(encoder);
  return encoder;
}

// @claim AGXV2_3!NoCommandBufferRace, AGXV2_3!NoStaleImpl
FactoryCall::FactoryCall(id buffer, HookNumber hook)
    : heldAcrossFactory(buffer, hook), trackedBefore(countTrackedEver()) {}

// @claim AGXV2_3!ThreadEncoderHasRetain, AGXV2_3!RetainsBalanced
id FactoryCall::adopt(id encoder, id owner, Kind kind) const { return adoptEncoder(encoder, owner, kind, trackedBefore); }

// @claim AGXV2_3!GuardedDriverCalls, AGXV2_3!NoNullImplDereference
SubEncoderCall::SubEncoderCall(id parallel, HookNumber hook)
    : heldAcrossFactory(parallel, Doing::Work), original(nullptr), owner(nullptr), trackedBefore(countTrackedEver()) {
  original = beginWork(parallel, hook);
  const EncoderEntry *entry = findEncoder(parallel);
  if (entry != nullptr) owner = static_cast<id>(const_cast<void *>(entry->buffer->key));
}

// @claim AGXV2_3!ThreadEncoderHasRetain, AGXV2_3!RetainsBalanced
id SubEncoderCall::adopt(id encoder) const { return adoptEncoder(encoder, owner, Kind::Render, trackedBefore); }

// @unmodelled monitors of A-COMMIT and A-OWNED
void noteCommit(id owner) {
  BufferEntry *entry = findBuffer(owner);
  if (entry != nullptr) entry->isCommitted = true;
}

// Calls that were in flight when the dealloc began; which of them are on the buffer's encoders is known only
// with the guard, and by then a caller that held it has returned.
struct CallsSeen {
  CallInFlight calls[64];
  unsigned number;
  CallsSeen();
};

// @unmodelled monitor of A-LIVE
CallsSeen::CallsSeen() : number(listCalls(calls, sizeof calls / sizeof calls[0])) {}

// @unmodelled monitors of A-LIVE and A-COMMIT
static void watchBufferDealloc(id buffer, const CallsSeen &seen) {
  const BufferEntry *owner = findBuffer(buffer);
  if (owner == nullptr) return;
  if (owner->encoders > 0 && !owner->isCommitted) count(Counter::UncommittedBuffers);
  for (unsigned i = 0; i < seen.number; ++i) {
    const EncoderEntry *entry = seen.calls[i].doing == Doing::Work ? findEncoder(seen.calls[i].object) : nullptr;
    if (entry != nullptr && entry->buffer == owner) count(Counter::CallsInFlight);
  }
}

struct Orphans {
  EncoderEntry *encoders;
  AnyFunction original;
};

// @claim AGXV2_3!RetainsBalanced
static Orphans untrackUnderGuard(id buffer, HookNumber hook) {
  const CallsSeen seen;
  const GuardHold heldAcrossUntrack(buffer, Doing::Dealloc);
  watchBufferDealloc(buffer, seen);
  const AnyFunction original = findTarget(buffer, hook)->original;
  return {untrackEncodersOf(buffer), original};
}

// Releasing may deallocate an encoder, whose destroyImpl takes the guard itself.
// @claim AGXV2_3!RetainsBalanced, AGXV2_3!EncodersAreReleased
static void releaseOrphans(EncoderEntry *orphans) {
  for (const EncoderEntry *entry = orphans; entry != nullptr; entry = entry->older) {
    releaseEncoder(static_cast<id>(const_cast<void *>(entry->key)));
  }
}

// The buffer's address may belong to a new one as soon as the original returns, so it comes last.
// @claim AGXV2_3!EncodersAreReleased, AGXV2_3!RetainsBalanced, AGXV2_3!NoUseAfterFree
void deallocBuffer(id buffer, SEL selector, HookNumber hook) {
  const Orphans orphans = untrackUnderGuard(buffer, hook);
  releaseOrphans(orphans.encoders);
  forgetOrphans(orphans.encoders);
  if (orphans.original != nullptr) reinterpret_cast<void (*)(id, SEL)>(orphans.original)(buffer, selector);
}

}  // namespace agx_fix
