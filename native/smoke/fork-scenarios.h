// The scenarios of smoke_fork, null-terminated.
#pragma once

#include "smoke/scenarios.h"

namespace smoke {

extern const Scenario forkScenarios[];

}  // namespace smoke
