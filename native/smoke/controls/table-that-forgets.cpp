// Control: the fix with a table that says it has an encoder and remembers none, as if memory for the entry
// always ran out unnoticed. Linked in place of fix/encoder-table.cpp.
#include "fix/encoder-table.h"

namespace agx_fix {

EncoderEntry *findEncoder(id) { return nullptr; }

EncoderEntry *trackEncoder(id, id) {
  static EncoderEntry forgotten;
  return &forgotten;
}

void moveEncoder(EncoderEntry *, id) {}

uint64_t countTrackedEver() { return 0; }

BufferEntry *findBuffer(id) { return nullptr; }

EncoderEntry *untrackEncodersOf(id) { return nullptr; }

void untrackEncoder(EncoderEntry *) {}

void forgetOrphans(EncoderEntry *) {}

uint64_t readOldestAge() { return 0; }

}  // namespace agx_fix
