// The list has a few slots more than its capacity, so that a push too many is a count and no overflow.
#include "driver-sim/impl-pool.h"

#include <stdlib.h>
#include <string.h>

#include "driver-sim/driver-lock.h"
#include "driver-sim/observations.h"
#include "driver-sim/simulator.h"

namespace agx_sim {

static const long kSlots = kPoolCapacity + 8;
static Impl *pool[kSlots];
static long pooled = 0;

// @unmodelled notices a missing lock; the driver does not look
static void expectDriverLock() {
  if (!holdsDriverLock()) note(Seen::LockFaults);
}

// @unmodelled notices an impl pooled twice; the driver does not look
static bool isPooled(const Impl *impl) {
  for (long i = 0; i < pooled; ++i)
    if (pool[i] == impl) return true;
  return false;
}

// @unmodelled reads a length for the report
long countPooledImpls() { return pooled; }

// The documented test is "count > 7".
// @claim AGXRaceFix!PoolSound, AGXRaceFix!LockDiscipline
bool isPoolFull() {
  expectDriverLock();
  return pooled > kPoolCapacity - 1;
}

// @claim AGXRaceFix!PoolSound, AGXRaceFix!LockDiscipline
void pushImpl(Impl *impl) {
  expectDriverLock();
  if (isPooled(impl) || isPoolFull()) note(Seen::PoolFaults);
  if (pooled < kSlots) pool[pooled++] = impl;
}

// Does not ask whether the lock is held: the free comes after the unlock.
// @claim AGXRaceFix!NoLeak, AGXRaceFix!PoolSound
void freeImpl(Impl *impl) {
  if (impl == nullptr) return;
  if (isPooled(impl)) note(Seen::PoolFaults);
  note(Seen::LiveImpls, -1);
  free(impl);
}

// @unmodelled memory from the system; the specs have a supply of impls
static Impl *allocateImpl() {
  Impl *impl = static_cast<Impl *>(calloc(1, sizeof(Impl)));
  if (impl == nullptr) abort();
  note(Seen::LiveImpls);
  return impl;
}

// @claim AGXRaceFix!PoolSound, AGXRaceFix!LockDiscipline
static Impl *popImpl() {
  expectDriverLock();
  return pooled == 0 ? nullptr : pool[--pooled];
}

// @claim AGXRaceFix!PoolSound, AGXRaceFix!LockDiscipline
Impl *takeImpl(Encoder *owner) {
  takeDriverLock();
  Impl *impl = popImpl();
  giveDriverLock();
  if (impl != nullptr) memset(impl, 0, sizeof(Impl));
  else impl = allocateImpl();
  impl->owner = owner;
  return impl;
}

}  // namespace agx_sim

// @unmodelled prepares a test
void agx_sim_fill_pool(void) {
  agx_sim::takeDriverLock();
  while (!agx_sim::isPoolFull()) agx_sim::pushImpl(agx_sim::allocateImpl());
  agx_sim::giveDriverLock();
}
