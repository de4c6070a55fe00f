// Profiling: operations are counted while a trace runs, and an interrupt (SIGINT) has the counts logged.
//
// The signal handler sets a flag and passes the signal on to the disposition that was there before; the
// log is written by `takeInterrupt`, which dispatchSync and stopTrace call, where locks may be taken.
// - A handler that was there runs with its own flags and mask, and with the arguments the kernel gave.
// - Where the signal was ignored, it stays ignored, but for the log.
// - Where the default was in force, the process dies by the signal, as it would have; nothing is logged,
//   since nobody is left who could.
//
// Every function may be called by any thread, and throws ForkedChildError in a forked child, before it
// takes any lock. startTrace and stopTrace read the disposition before they change it: a thread of the
// program that changes it at the same moment is its own to prevent.
#pragma once

namespace mps {

struct Statistics {
  long operations;  // dispatched while a trace ran
  long logs;        // interrupts that were logged
};

/// Starts counting and puts the handler in. Does not put it in twice, nor above a handler that was put
/// over ours and may call it.
void startTrace();
/// Stops counting, puts the previous disposition back, and takes an interrupt that nobody has taken yet.
/// A handler that was put over ours meanwhile stays, with ours beneath it: an interrupt that it passes on
/// is still logged.
void stopTrace();
/// Logs the statistics to stderr when an interrupt has come since the last call.
/// @return whether one had come
bool takeInterrupt();
/// The counts since the program began.
Statistics readStatistics();

}  // namespace mps
