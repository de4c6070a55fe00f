// Control: the fix with a guard that a forked child finds as its parent left it. Linked in place of
// fix/guard.cpp.
#define freeGuardInChild freeGuardNever
#include "fix/guard.cpp"
#undef freeGuardInChild

namespace agx_fix {

void freeGuardInChild();
void freeGuardInChild() {}

}  // namespace agx_fix
