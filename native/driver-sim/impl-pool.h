// The device's freelist of impls. Push, pop and the capacity test need the driver's lock; using them
// without it is counted as a fault.
#pragma once

#include "driver-sim/objects.h"

namespace agx_sim {

constexpr long kPoolCapacity = 8;

/// An impl for `owner`: a pooled one, cleared, or a fresh one. Takes and gives the driver's lock.
Impl *takeImpl(Encoder *owner);
/// True when the freelist holds as many impls as it may.
bool isPoolFull();
/// Puts an impl into the freelist.
void pushImpl(Impl *impl);
/// Frees an impl; NULL is allowed.
void freeImpl(Impl *impl);
/// Number of entries of the freelist.
long countPooledImpls();

}  // namespace agx_sim
