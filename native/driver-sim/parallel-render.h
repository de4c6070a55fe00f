// Sub-encoders of a parallel render encoder.
#pragma once

#include "driver-sim/objects.h"

namespace agx_sim {

/// -renderCommandEncoder: a new encoder of class `cls`, borrowed from `parent`, which keeps it until its end.
Encoder *makeSubEncoder(Encoder *parent, Class cls);
/// Ends what `parent` made and gives its references on it back. Does nothing the second time.
void releaseSubEncoders(Encoder *parent);

}  // namespace agx_sim
