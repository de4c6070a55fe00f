// A control: an exception passes through a piece of work, and nobody gives the stream back.
#include "mps/stream-owner.h"
#include "mps/streams.h"

namespace mps {

void dispatchSync(Stream *stream, const std::function<void()> &work) {
  CommandQueue &queue = findOwnQueue(stream);
  pthread_mutex_lock(&queue.serial);
  work();
  pthread_mutex_unlock(&queue.serial);
}

}  // namespace mps
