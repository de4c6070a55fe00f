// A list, newest first: a call nearly always is on the newest encoder, and few are alive at once.
// Entries are nodes, so that untracking never needs memory.
#include "fix/encoder-table.h"

#include <stdlib.h>

#include "fix/statistics.h"
#include "schedule/point.h"

namespace agx_fix {

static EncoderEntry *newest = nullptr;

// @claim AGXV2_3!RetainsBalanced
bool isTracked(id encoder) {
  for (const EncoderEntry *entry = newest; entry != nullptr; entry = entry->next)
    if (entry->encoder == encoder) return true;
  return false;
}

// The insert is a read and a write, and the points between them are where a second thread would break it.
// @claim AGXV2_3!RetainsBalanced, AGXV2_3!EncodersAreReleased
bool trackEncoder(id encoder, id buffer) {
  EncoderEntry *entry = static_cast<EncoderEntry *>(malloc(sizeof(EncoderEntry)));
  if (entry == nullptr) return false;
  *entry = EncoderEntry{encoder, buffer, newest};
  reach_point("table.read");
  reach_point("table.write");
  newest = entry;
  count(Counter::Tracked);
  return true;
}

// Taking out is a read and a write as well.
// @claim AGXV2_3!RetainsBalanced, AGXV2_3!EncodersAreReleased
EncoderEntry *untrackEncodersOf(id buffer) {
  EncoderEntry *orphans = nullptr;
  EncoderEntry **link = &newest;
  while (*link != nullptr) {
    EncoderEntry *entry = *link;
    if (entry->buffer != buffer) {
      link = &entry->next;
      continue;
    }
    reach_point("untrack.read");
    reach_point("untrack.write");
    *link = entry->next;
    entry->next = orphans;
    orphans = entry;
    count(Counter::Tracked, -1);
  }
  return orphans;
}

// @unmodelled frees memory of the table's own
void forgetOrphans(EncoderEntry *orphans) {
  while (orphans != nullptr) {
    EncoderEntry *next = orphans->next;
    free(orphans);
    orphans = next;
  }
}

}  // namespace agx_fix
