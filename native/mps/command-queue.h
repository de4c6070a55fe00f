// A command queue: stands for the device's, which belongs to the process that made it. The device does
// not survive a fork, so whoever uses an inherited queue gets what nobody has defined; here the use is
// counted, so that a test can see it.
#pragma once

#include <pthread.h>
#include <sys/types.h>

namespace mps {

struct CommandQueue {
  pid_t madeIn;
  pthread_mutex_t serial;  // recursive: work on a queue may put more work on it
  long submitted;
};

/// Makes a queue that belongs to the calling process.
void makeQueue(CommandQueue &queue);
/// Puts one piece of work on the queue. Call with `serial` held.
void submit(CommandQueue &queue);
/// Waits until everything that was submitted is done.
void waitUntilIdle(CommandQueue &queue);
/// Uses, in this process, of queues that another process made.
long countInheritedUses();
/// Queues made, by this process and those it descends from.
long countQueuesMade();

}  // namespace mps
