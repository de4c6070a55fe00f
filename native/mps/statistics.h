// The counts of a trace, under a lock of their own. Not for signal handlers.
#pragma once

namespace mps {

/// Whether operations are counted.
void setCounting(bool on);
/// Counts one operation, when operations are counted.
void recordOperation();
/// Writes the counts to stderr.
void logStatistics();

}  // namespace mps
