// The documented crash: `_impl` is loaded and a field of it read, with no lock and no NULL test.
#include "driver-sim/encoder.h"
#include "driver-sim/observations.h"
#include "driver-sim/options.h"
#include "schedule/point.h"

namespace agx_sim {

// @unmodelled notices another encoder's impl; the driver does not look
static void noteAlias(const Encoder *encoder, const Impl *impl) {
  if (impl->owner != encoder) note(Seen::Aliases);
}

// @claim AGXV2_3!NoNullImplDereference, AGXV2_3!NoStaleImpl, AGXV2_3!GuardedDriverCalls
// @claim AGXRaceFix!NoDanglingUse
void workOnEncoder(Encoder *encoder, unsigned long offset) {
  const BodyScope body;
  const Impl *impl = implOf(encoder);
  reach_point("work.loaded");
  reach_point("work.use");
  (void)*(static_cast<const volatile unsigned char *>(impl->fields) + offset);
  raiseIfChosen();
  noteAlias(encoder, impl);
  note(Seen::Works);
  reach_point("work.done");
}

}  // namespace agx_sim
