// Copies the counters out.
#include "driver-sim/impl-pool.h"
#include "driver-sim/observations.h"
#include "driver-sim/simulator.h"

using agx_sim::readNote;
using agx_sim::Seen;

// @unmodelled reports counts; the driver has no such interface
void agx_sim_read_report(struct agx_sim_report *out) {
  out->live_encoders = readNote(Seen::LiveEncoders);
  out->live_impls = readNote(Seen::LiveImpls);
  out->pooled_impls = agx_sim::countPooledImpls();
  out->owned_impls = readNote(Seen::OwnedImpls);
  out->works = readNote(Seen::Works);
  out->overlaps = readNote(Seen::Overlaps);
  out->command_buffer_races = readNote(Seen::CommandBufferRaces);
  out->aliases = readNote(Seen::Aliases);
  out->race_windows = readNote(Seen::RaceWindows);
  out->pool_faults = readNote(Seen::PoolFaults);
  out->lock_faults = readNote(Seen::LockFaults);
}
