// Every work message of every encoder class, with sample arguments. Made from the simulated driver's own
// lists, so that none is left out.
#pragma once

#include <vector>

#include "smoke/application.h"

namespace smoke {

struct Message {
  const char *signature;  // as declared: "setTexture:(id)a atIndex:(Word)b"
  unsigned long field;    // the field of the impl that the driver's method reads
  /// Sends the message with sample arguments and returns their digest (driver-sim/arguments.h).
  unsigned long (*send)(application::Object encoder);
};

/// One encoder class: how an application gets such an encoder from a command buffer, and its messages.
struct EncoderKind {
  const char *name;
  application::Object (*make)(application::Object buffer);
  std::vector<Message> messages;
};

/// All kinds of encoders: compute, blit, render, parallel-render, sub-render, resource-state, acceleration-structure.
const std::vector<EncoderKind> &encoderKinds();
/// The kind of that name; ends the process when there is none.
const EncoderKind &findKind(const char *name);
/// The kind's message whose selector begins like that; ends the process when there is none.
const Message &findMessage(const EncoderKind &kind, const char *selector);

}  // namespace smoke
