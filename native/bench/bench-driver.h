// The smallest driver there can be: a command buffer, and an encoder whose only work is to read `_impl` and
// count. One class of encoder has a name that the fix hooks, the other has not; their methods do the same.
#pragma once

/// An encoder that the fix protects, made by a command buffer's factory.
void *makeProtectedEncoder();
/// An encoder of a class that the fix does not know.
void *makePlainEncoder();
/// Sends `setBufferOffset:atIndex:` to the encoder `calls` times.
void sendWork(void *encoder, unsigned long calls);
