// The two descriptions of the driver's objects, objects.h and classes.mm, have to agree.
#pragma once

namespace agx_sim {

/// Ends the process when an ivar lies elsewhere than the C++ field of the same meaning.
void checkIvars();

}  // namespace agx_sim
