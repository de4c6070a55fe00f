// Reads AGX_SIM_LAYOUT and AGX_SIM_COALESCE once. An unknown layout is misuse and ends the process.
#include "driver-sim/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver-sim/simulator.h"

namespace agx_sim {

static const Layout *layout = nullptr;
static bool coalescing = false;
static bool refusing = false;
static bool reusing = false;
static bool throwing = false;

// @unmodelled chooses a variant; in the specs it is a constant
__attribute__((constructor)) static void readEnvironment() {
  const char *name = getenv("AGX_SIM_LAYOUT");
  const char *coalesce = getenv("AGX_SIM_COALESCE");
  coalescing = coalesce != nullptr && strcmp(coalesce, "1") == 0;
  if (name == nullptr) name = "original";
  if (agx_sim_choose_layout(name)) return;
  fprintf(stderr, "AGX_SIM_LAYOUT: no layout \"%s\"\n", name);
  exit(2);
}

// @unmodelled reads the choice
const Layout &currentLayout() { return *layout; }

// @unmodelled reads the choice
bool isCoalescing() { return coalescing; }

// @unmodelled reads the choice
bool isRefusing() { return refusing; }

// @unmodelled reads the choice
bool isReusing() { return reusing; }

// @unmodelled raises on demand; no spec has a driver call that raises
void raiseIfChosen() {
  if (throwing) throw DriverException();
}

}  // namespace agx_sim

// @unmodelled chooses a variant; in the specs it is a constant
int agx_sim_choose_layout(const char *name) {
  const agx_sim::Layout *chosen = agx_sim::findLayout(name);
  if (chosen != nullptr) agx_sim::layout = chosen;
  return chosen != nullptr;
}

// @unmodelled chooses a variant; in the specs it is a constant
void agx_sim_choose_coalescing(int on) { agx_sim::coalescing = on != 0; }

// @unmodelled chooses a variant; no spec has a factory that fails
void agx_sim_choose_refusal(int on) { agx_sim::refusing = on != 0; }

// @unmodelled chooses a variant; in the spec an address may always be used again
void agx_sim_choose_reuse(int on) { agx_sim::reusing = on != 0; }

// @unmodelled chooses a variant; no spec has a driver call that raises
void agx_sim_choose_throwing(int on) { agx_sim::throwing = on != 0; }
