// Interprets the layouts. Points before and after each step let a schedule stop a destroyer there.
#include "driver-sim/destroy-tail.h"

#include <string.h>

#include "driver-sim/driver-lock.h"
#include "driver-sim/impl-pool.h"
#include "driver-sim/observations.h"
#include "schedule/point.h"

namespace agx_sim {

// In "unpatched-branch" the branch to the path for a full freelist was forgotten, and lands on the
// patched code's way out: nothing is done there, the lock is kept.
static const Layout layouts[] = {
    {"original",
     {TailStep::Push, TailStep::Unlock, TailStep::StoreNull, TailStep::End},
     {TailStep::Unlock, TailStep::Free, TailStep::StoreNull, TailStep::End},
     true},
    {"nine-word",
     {TailStep::Push, TailStep::StoreNull, TailStep::Unlock, TailStep::End},
     {TailStep::StoreNull, TailStep::Unlock, TailStep::End},
     true},
    {"leak-free",
     {TailStep::Push, TailStep::Forget, TailStep::StoreNull, TailStep::Unlock, TailStep::Free, TailStep::End},
     {TailStep::StoreNull, TailStep::Unlock, TailStep::Free, TailStep::End},
     true},
    {"no-capacity-test",
     {TailStep::Push, TailStep::Forget, TailStep::StoreNull, TailStep::Unlock, TailStep::Free, TailStep::End},
     {TailStep::End},
     false},
    {"unpatched-branch",
     {TailStep::Push, TailStep::StoreNull, TailStep::Unlock, TailStep::End},
     {TailStep::End},
     true},
    {"no-unlock",
     {TailStep::Push, TailStep::StoreNull, TailStep::End},
     {TailStep::StoreNull, TailStep::Free, TailStep::End},
     true},
    {"no-forget",
     {TailStep::Push, TailStep::StoreNull, TailStep::Unlock, TailStep::Free, TailStep::End},
     {TailStep::StoreNull, TailStep::Unlock, TailStep::Free, TailStep::End},
     true},
};

// @unmodelled chooses a layout; in the spec it is a constant
const Layout *findLayout(const char *name) {
  for (const Layout &layout : layouts)
    if (strcmp(layout.name, name) == 0) return &layout;
  return nullptr;
}

// A window opens when the destroyer gives the lock back and the encoder still shows the impl.
// @claim AGXRaceFix!NoRaceWindow, AGXRaceFix!LockDiscipline
static void unlockTail(Encoder *encoder, const Impl *given) {
  if (given != nullptr && implOf(encoder) == given) note(Seen::RaceWindows);
  giveDriverLock();
  reach_point("destroy.unlocked");
  reach_point("destroy.resume");
}

// @claim AGXRaceFix!NoRaceWindow, AGXRaceFix!NoDanglingUse
static void storeNull(Encoder *encoder) {
  if (implOf(encoder) != nullptr) note(Seen::OwnedImpls, -1);
  implOf(encoder) = nullptr;
  reach_point("destroy.cleared");
}

// @claim AGXRaceFix!NoLeak, AGXRaceFix!PoolSound
static void disposeImpl(Impl *impl, TailStep step) {
  if (step == TailStep::Push) pushImpl(impl);
  if (step == TailStep::Free) freeImpl(impl);
  reach_point(step == TailStep::Push ? "destroy.pushed" : "destroy.freed");
}

// @claim AGXRaceFix!NoRaceWindow, AGXRaceFix!NoLeak, AGXRaceFix!LockDiscipline, AGXRaceFix!PoolSound
static void runTail(Encoder *encoder, Impl *impl, const TailStep *step) {
  const Impl *given = impl;
  for (; *step != TailStep::End; ++step) {
    if (*step == TailStep::Push || *step == TailStep::Free) disposeImpl(impl, *step);
    if (*step == TailStep::Unlock) unlockTail(encoder, given);
    if (*step == TailStep::StoreNull) storeNull(encoder);
    if (*step == TailStep::Forget) impl = nullptr;
  }
}

// `_impl` is loaded before the lock is taken, so two destroyers of one encoder may both have it.
// @claim AGXRaceFix!NoRaceWindow, AGXRaceFix!PoolSound, AGXRaceFix!LockDiscipline
// @claim AGXV2_3!GuardedDriverCalls
void destroyImpl(Encoder *encoder, const Layout &layout) {
  const BodyScope body;
  Impl *impl = implOf(encoder);
  if (impl == nullptr) return;
  reach_point("destroy.loaded");
  reach_point("destroy.lock");
  takeDriverLock();
  runTail(encoder, impl, layout.testsCapacity && isPoolFull() ? layout.full : layout.notFull);
  if (holdsDriverLock()) note(Seen::LockFaults);
}

}  // namespace agx_sim
