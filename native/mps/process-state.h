// What belongs to one process: its locks and its streams. A forked child has none of its own until it
// starts afresh: the locks it inherited may be held by threads that it does not have, and the streams
// belong to its parent's device.
//
// Lock order: a queue's serial lock, the encoding lock, the pool's lock, the lock of the statistics.
// The pool's lock is given back before any other is taken, and the interpreter's before all of them.
#pragma once

#include <pthread.h>

#include "mps/stream.h"

namespace mps {

constexpr unsigned kWorkers = 31;
constexpr unsigned kStreams = 1 + kWorkers;  // the default stream comes first

struct ProcessState {
  pthread_mutex_t interpreterLock;
  pthread_mutex_t encodingLock;
  pthread_mutex_t poolLock;
  pthread_mutex_t statisticsLock;
  bool hasStreams;
  Stream streams[kStreams];
  unsigned handedOut;  // workers
};

/// The state that entry points use.
ProcessState &ownState();
/// Puts a new state in the place of the inherited one, which is neither touched nor freed. Call while
/// the process has one thread.
void replaceState();

}  // namespace mps
