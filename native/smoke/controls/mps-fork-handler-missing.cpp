// A control: nobody learns of a fork.
#include "mps/fork-guard.h"

namespace mps {

void registerForkHandler() {}

}  // namespace mps
