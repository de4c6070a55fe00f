// A control: the handler sets a flag that nobody reads.
#include "mps/profiling.h"

namespace mps {

bool takeInterrupt() { return false; }

}  // namespace mps
