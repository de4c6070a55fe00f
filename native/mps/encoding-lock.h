// The encoding lock: at most one thread encodes.
// MPS_DISABLE_ENCODING_MUTEX=1 (yes, on, true) leaves it out, as the field did to show what happens then. "", 0, no,
// off and false mean that it stays; so does any other word, and one line on stderr says so. It is read once.
#pragma once

#include "mps/mutex-hold.h"

namespace mps {

/// Holds the encoding lock for as long as the object lives, also when an exception unwinds its scope.
struct EncodingHold {
  EncodingHold();
  MutexHold hold;
};

}  // namespace mps
