// What the simulator notices about itself: counters, and scopes that notice overlapping bodies.
#pragma once

#include "driver-sim/objects.h"

namespace agx_sim {

enum class Seen {
  LiveEncoders,
  LiveImpls,
  OwnedImpls,
  Works,
  Overlaps,
  CommandBufferRaces,
  Aliases,
  RaceWindows,
  PoolFaults,
  LockFaults,
  Count_
};

/// Adds to a counter.
void note(Seen what, long by = 1);
/// Reads a counter.
long readNote(Seen what);

/// Remembers which field the latest work method read, and the digest of its arguments.
void noteArguments(unsigned long field, unsigned long digest);

/// Lives as long as a work, end or destroy body runs. Nested bodies of one thread are one.
struct BodyScope {
  BodyScope();
  ~BodyScope();
};

/// Lives as long as a factory or commit body of one command buffer runs.
struct BufferScope {
  explicit BufferScope(CommandBuffer *buffer);
  ~BufferScope();
  CommandBuffer *buffer;
};

}  // namespace agx_sim
