// Which streams are this process's own.
#pragma once

#include "mps/command-queue.h"

namespace mps {

struct Stream;

/// The queue of `stream`. Raises in a forked child; throws std::invalid_argument when the stream is not
/// one of this process, without looking into it.
CommandQueue &findOwnQueue(Stream *stream);

}  // namespace mps
