// What is hooked, and what of the driver was not found.
#pragma once

#include "fix/text.h"

namespace agx_fix {

/// Lists what is missing, separated by `separator` and each between two `quote`s; returns how much. Nothing is
/// missing while no class of the driver is known.
unsigned listMissing(Text &text, const char *quote, const char *separator);
/// Says on stderr, in one line and only once, what is missing, if anything is.
void sayWhatIsMissing();
/// The JSON of agx_fix_describe_hooks.
void describeHooks(Text &text);

}  // namespace agx_fix
