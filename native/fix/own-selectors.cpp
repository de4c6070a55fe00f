// See own-selectors.h.
#include "fix/own-selectors.h"

#include <objc/runtime.h>

namespace agx_fix {

OwnSelectors ownSelectors;

// @unmodelled selector lookup is no step of the specs
void findOwnSelectors() {
  if (ownSelectors.retain != nullptr) return;
  ownSelectors.release = sel_registerName("release");
  ownSelectors.commandBuffer = sel_registerName("commandBuffer");
  ownSelectors.retain = sel_registerName("retain");
}

}  // namespace agx_fix
