// The scenarios of smoke_signal, null-terminated.
#pragma once

#include "smoke/scenarios.h"

namespace smoke {

extern const Scenario signalScenarios[];

}  // namespace smoke
