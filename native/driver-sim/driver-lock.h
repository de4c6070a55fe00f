// The device's lock around the freelist. Not recursive; knows its holder, so that misuse is counted
// and not undefined.
#pragma once

namespace agx_sim {

/// Waits for the lock.
void takeDriverLock();
/// Gives the lock back; counts a fault, and does nothing, when the caller does not hold it.
void giveDriverLock();
/// True when the calling thread holds the lock.
bool holdsDriverLock();

}  // namespace agx_sim
