// The encoders the fix holds a reference on, each with the command buffer that made it, and what the
// monitors have to know of both. Every function but `forgetOrphans` and `readOldestAge` needs the guard.
#pragma once

#include <objc/objc.h>
#include <stdint.h>

namespace agx_fix {

struct BufferEntry {
  const void *key;
  BufferEntry *nextInBucket;
  unsigned long encoders;
  bool isCommitted;
};

struct EncoderEntry {
  const void *key;
  EncoderEntry *nextInBucket;
  BufferEntry *buffer;
  EncoderEntry *older;
  EncoderEntry *newer;
  uint64_t creator;   // the thread that got it from a factory last
  uint64_t madeAt;    // milliseconds of a clock that only goes on
  uint64_t number;    // how many encoders were tracked before it
  bool isEnded;
};

/// The entry of an encoder, or null.
EncoderEntry *findEncoder(id encoder);
/// Adds an encoder that is not in the table; null when memory ran out, and then nothing changed.
EncoderEntry *trackEncoder(id encoder, id buffer);
/// Makes an encoder in the table `buffer`'s. Without memory it stays where it is.
void moveEncoder(EncoderEntry *entry, id buffer);
/// Number of encoders tracked so far.
uint64_t countTrackedEver();
/// The entry of a command buffer that has, or had, an encoder in the table; or null.
BufferEntry *findBuffer(id buffer);
/// Takes every encoder of `buffer` out of the table and returns them as a chain along `older`.
EncoderEntry *untrackEncodersOf(id buffer);
/// Takes one encoder out of the table and frees its entry.
void untrackEncoder(EncoderEntry *entry);
/// Frees a chain. Needs no guard: nobody else knows it.
void forgetOrphans(EncoderEntry *orphans);
/// Milliseconds since the oldest encoder in the table was put there; 0 when there is none.
uint64_t readOldestAge();

}  // namespace agx_fix
