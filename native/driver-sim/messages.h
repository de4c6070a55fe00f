// The driver's messages to its own objects. They are real sends, so a hooked method is reached from
// inside the driver as well.
#pragma once

#include "driver-sim/objects.h"

namespace agx_sim {

/// Sends a message without arguments and without result.
void sendMessage(Object *object, const char *selector);

}  // namespace agx_sim
