// The selectors of the messages that the fix sends itself.
#pragma once

#include <objc/objc.h>

namespace agx_fix {

struct OwnSelectors {
  SEL retain;
  SEL release;
  SEL commandBuffer;
};

/// All there once a hook is in place.
extern OwnSelectors ownSelectors;

/// Looks them up, unless that was done: once, and not in a hook, since it takes the runtime's lock, which a forked
/// child may find held for ever. Needs the installation lock.
void findOwnSelectors();

}  // namespace agx_fix
