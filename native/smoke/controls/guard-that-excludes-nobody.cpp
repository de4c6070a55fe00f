// Control: the fix with a guard that keeps nobody out. Linked in place of fix/guard.cpp.
#include "fix/guard.h"

#include "fix/statistics.h"

namespace agx_fix {

GuardHold::GuardHold(id object, Doing doing) {
  beginCall(object, doing);
  count(Counter::GuardedCalls);
}

GuardHold::~GuardHold() { endCall(); }

void freeGuardInChild() {}

}  // namespace agx_fix
