// Work is done when its submitter gives the serial lock back, so waiting is taking that lock.
#include "mps/command-queue.h"

#include <unistd.h>

#include "mps/mutex-hold.h"

namespace mps {

static long inheritedUses = 0;
static long queuesMade = 0;

// @claim ForkSafety!NoInheritedUse
void makeQueue(CommandQueue &queue) {
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
  pthread_mutex_init(&queue.serial, &attributes);
  pthread_mutexattr_destroy(&attributes);
  queue.madeIn = getpid();
  queue.submitted = 0;
  __atomic_add_fetch(&queuesMade, 1, __ATOMIC_RELAXED);
}

// @unmodelled notices a use of an inherited queue, for a test; no step of the spec
static void noticeOrigin(const CommandQueue &queue) {
  if (queue.madeIn != getpid()) __atomic_add_fetch(&inheritedUses, 1, __ATOMIC_RELAXED);
}

// @claim ForkSafety!NoInheritedUse
void submit(CommandQueue &queue) {
  noticeOrigin(queue);
  ++queue.submitted;
}

// @claim ForkSafety!NoInheritedUse
void waitUntilIdle(CommandQueue &queue) {
  noticeOrigin(queue);
  const MutexHold heldWhenIdle(&queue.serial, "queue.contended");
}

// @unmodelled reads a count for a test
long countQueuesMade() { return __atomic_load_n(&queuesMade, __ATOMIC_RELAXED); }

// @unmodelled reads a count for a test
long countInheritedUses() { return __atomic_load_n(&inheritedUses, __ATOMIC_RELAXED); }

}  // namespace mps
