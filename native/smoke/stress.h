// Free-running threads whose operations are drawn, not scheduled: for sanitizers to watch.
// What a thread does is a pure function of the seed and of the thread's number; when it does it is not.
#pragma once

#include <stdint.h>

#include "smoke/report-line.h"

namespace smoke {

/// The draws of one thread: SplitMix64, started from the seed and the thread's number.
class Draws {
 public:
  Draws(uint32_t seed, unsigned thread);
  /// A number below `bound`, which is at least 1.
  unsigned below(unsigned bound);
  /// Stands for everything that was drawn so far.
  uint64_t digest() const { return drawn; }

 private:
  uint64_t state;
  uint64_t drawn = 0;
};

/// What threads do together in one round. Rounds share nothing but the program's own state.
struct StressMix {
  const char *name;
  /// Operations of each thread in one round.
  unsigned operations;
  /// Makes what the threads of a round share.
  void *(*begin)(unsigned threads);
  /// A thread's operation number `step` of the round.
  void (*act)(void *round, unsigned thread, unsigned step, Draws &draws);
  /// Lets go of it, after every thread of the round has ended.
  void (*finish)(void *round);
};

/// The mixes of one executable, null-terminated, and what it reports at the end.
extern const StressMix stressMixes[];
void addStressReport(ReportLine &report);

}  // namespace smoke
