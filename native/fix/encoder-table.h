// The encoders the fix holds a reference on, each with the command buffer that made it.
// Every function but `forgetOrphans` needs the guard.
#pragma once

#include <objc/objc.h>

namespace agx_fix {

struct EncoderEntry {
  id encoder;
  id buffer;
  EncoderEntry *next;
};

/// True when the encoder is in the table.
bool isTracked(id encoder);
/// Adds an encoder that is not in the table; false when memory ran out, and then nothing changed.
bool trackEncoder(id encoder, id buffer);
/// Takes every encoder of `buffer` out of the table and returns them as a chain.
EncoderEntry *untrackEncodersOf(id buffer);
/// Frees a chain. Needs no guard: nobody else knows it.
void forgetOrphans(EncoderEntry *orphans);

}  // namespace agx_fix
