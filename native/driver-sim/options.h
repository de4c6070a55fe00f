// The variant of the driver that runs: from the environment at load, or from a test.
#pragma once

#include "driver-sim/destroy-tail.h"

namespace agx_sim {

/// destroyImpl's layout in force; "original" unless chosen otherwise.
const Layout &currentLayout();
/// True when a factory may return the previous encoder again.
bool isCoalescing();
/// True when factories return nil.
bool isRefusing();
/// True when a new object gets the memory of the last one deallocated.
bool isReusing();

/// Throws `DriverException` when work methods, ends, factories and commits are to raise.
void raiseIfChosen();

/// What the driver raises.
struct DriverException {};

}  // namespace agx_sim
