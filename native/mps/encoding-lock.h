// The encoding lock: at most one thread encodes.
// MPS_DISABLE_ENCODING_MUTEX=1 leaves it out, as the field did to show what happens then; "" and "0"
// mean that it stays.
#pragma once

#include "mps/mutex-hold.h"

namespace mps {

/// Holds the encoding lock for as long as the object lives, also when an exception unwinds its scope.
struct EncodingHold {
  EncodingHold();
  MutexHold hold;
};

}  // namespace mps
