// The stream pool: one default stream and 31 workers, made on first use and never freed.
//
// Every function here throws ForkedChildError in a forked child (fork-guard.h), before it takes any
// lock; none returns null. Every function may be called by any thread. A stream of another process,
// kept over a fork, throws std::invalid_argument once the child has started afresh.
#pragma once

#include <functional>

namespace mps {

struct Stream;

/// The calling thread's stream; a thread that has none is given the next worker for good.
Stream *currentStream();
/// The stream that no thread is given unasked.
Stream *defaultStream();
/// The next worker; after the last one the first comes again.
Stream *takeStreamFromPool();
/// Makes `stream` the calling thread's.
void setCurrentStream(Stream *stream);
/// Waits until everything on `stream` is done.
void synchronize(Stream *stream);
/// Waits until everything on every stream is done.
void synchronizeAll();

/// Runs `work` on `stream` and returns when it is done. One piece of work runs on a stream at a time;
/// work may dispatch to its own stream again. What `work` throws comes out here, after the stream has
/// been given back. An interrupt that came meanwhile is taken (profiling.h).
void dispatchSync(Stream *stream, const std::function<void()> &work);

}  // namespace mps
