// Counts threads inside driver bodies. Relaxed atomics, so that the monitor orders nothing.
#include "driver-sim/observations.h"
#include "driver-sim/simulator.h"

namespace agx_sim {

static long notes[int(Seen::Count_)];
static long threadsInBodies = 0;
static __thread long ownDepth = 0;

// @unmodelled counts what happened; the driver has no such counter
void note(Seen what, long by) { __atomic_add_fetch(&notes[int(what)], by, __ATOMIC_RELAXED); }

// @unmodelled reads a count; the driver has no such counter
long readNote(Seen what) { return __atomic_load_n(&notes[int(what)], __ATOMIC_RELAXED); }

static __thread unsigned long latestField = 0;
static __thread unsigned long latestDigest = 0;

// @unmodelled remembers what a test asks for; the driver does not
void noteArguments(unsigned long field, unsigned long digest) {
  latestField = field;
  latestDigest = digest;
}

// @unmodelled notices bodies that overlap; the driver has no such scope
BodyScope::BodyScope() {
  if (ownDepth++ != 0) return;
  if (__atomic_add_fetch(&threadsInBodies, 1, __ATOMIC_RELAXED) > 1) note(Seen::Overlaps);
}

// @unmodelled notices bodies that overlap; the driver has no such scope
BodyScope::~BodyScope() {
  if (--ownDepth == 0) __atomic_sub_fetch(&threadsInBodies, 1, __ATOMIC_RELAXED);
}

// @unmodelled notices two threads in one buffer; the driver has no such scope
BufferScope::BufferScope(CommandBuffer *entered) : buffer(entered) {
  if (__atomic_add_fetch(&buffer->threadsInside, 1, __ATOMIC_RELAXED) > 1) note(Seen::CommandBufferRaces);
}

// @unmodelled notices two threads in one buffer; the driver has no such scope
BufferScope::~BufferScope() { __atomic_sub_fetch(&buffer->threadsInside, 1, __ATOMIC_RELAXED); }

}  // namespace agx_sim

// @unmodelled reports what a test asks for; the driver has no such interface
void agx_sim_read_work(unsigned long *field, unsigned long *digest) {
  *field = agx_sim::latestField;
  *digest = agx_sim::latestDigest;
}
