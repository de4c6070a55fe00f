// Control: the fix looks the selectors of its own messages up for each message, with the runtime's lock. Linked in
// place of fix/references.cpp.
#include <objc/runtime.h>

#include "fix/own-selectors.h"

namespace agx_fix {

static OwnSelectors lookUpOwnSelectors() { return {sel_registerName("retain"), sel_registerName("release"), nullptr}; }

}  // namespace agx_fix

#define ownSelectors lookUpOwnSelectors()
#include "fix/references.cpp"
