// Two hash tables find entries by address. A list in the order of creation is what untracking goes along: a
// command buffer's encoders lie near its old end when the buffer goes, and it stops at the last of them.
// Entries are nodes, so that untracking never needs memory.
#include "fix/encoder-table.h"

#include <stdlib.h>
#include <time.h>

#include "fix/calls-in-flight.h"
#include "fix/pointer-table.h"
#include "fix/statistics.h"
#include "schedule/point.h"

namespace agx_fix {

static PointerTable<EncoderEntry> encoders;
static PointerTable<BufferEntry> buffers;
static EncoderEntry *newest = nullptr;
static EncoderEntry *oldest = nullptr;
static uint64_t trackedEver = 0;
static uint64_t oldestSince = 0;  // read without the guard; 0 when the table is empty

// @unmodelled reads a clock for the monitor of A-STOP
static uint64_t readMilliseconds() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return uint64_t(now.tv_sec) * 1000 + uint64_t(now.tv_nsec) / 1000000;
}

// @claim AGXV2_3!RetainsBalanced
EncoderEntry *findEncoder(id encoder) { return encoders.find(encoder); }

// @unmodelled reads a number for the monitors
uint64_t countTrackedEver() { return trackedEver; }

// @unmodelled looks a buffer up for the monitors
BufferEntry *findBuffer(id buffer) { return buffers.find(buffer); }

// @claim AGXV2_3!RetainsBalanced
static BufferEntry *findOrAddBuffer(id buffer) {
  BufferEntry *entry = buffers.find(buffer);
  if (entry != nullptr) return entry;
  entry = static_cast<BufferEntry *>(malloc(sizeof(BufferEntry)));
  if (entry == nullptr) return nullptr;
  *entry = BufferEntry{buffer, nullptr, 0, false};
  buffers.insert(entry);
  return entry;
}

// @unmodelled monitor of A-STOP
static void noteOldest() { __atomic_store_n(&oldestSince, oldest == nullptr ? 0 : oldest->madeAt, __ATOMIC_RELAXED); }

// The insert is a read and a write, and the points between them are where a second thread would break it.
// @claim AGXV2_3!RetainsBalanced, AGXV2_3!EncodersAreReleased
static void appendNewest(EncoderEntry *entry) {
  EncoderEntry *before = newest;
  reach_point("table.read");
  reach_point("table.write");
  entry->older = before;
  if (before == nullptr) oldest = entry;
  else before->newer = entry;
  newest = entry;
}

// Taking out is a read and a write as well.
// @claim AGXV2_3!RetainsBalanced, AGXV2_3!EncodersAreReleased
static void takeOut(EncoderEntry *entry) {
  EncoderEntry *older = entry->older;
  EncoderEntry *newer = entry->newer;
  reach_point("untrack.read");
  reach_point("untrack.write");
  if (older == nullptr) oldest = newer;
  else older->newer = newer;
  if (newer == nullptr) newest = older;
  else newer->older = older;
  encoders.remove(entry);
  --entry->buffer->encoders;
  count(Counter::Tracked, -1);
}

// @claim AGXV2_3!RetainsBalanced, AGXV2_3!EncodersAreReleased
EncoderEntry *trackEncoder(id encoder, id buffer) {
  BufferEntry *owner = findOrAddBuffer(buffer);
  EncoderEntry *entry = owner == nullptr ? nullptr : static_cast<EncoderEntry *>(malloc(sizeof(EncoderEntry)));
  if (entry == nullptr) return nullptr;
  *entry = EncoderEntry{encoder, nullptr, owner, nullptr, nullptr, ownThread(), readMilliseconds(), trackedEver++, false};
  encoders.insert(entry);
  ++owner->encoders;
  appendNewest(entry);
  noteOldest();
  count(Counter::Tracked);
  return entry;
}

// @claim AGXV2_3!UsedEncoderHasRetain, AGXV2_3!EncodersAreReleased
void moveEncoder(EncoderEntry *entry, id buffer) {
  BufferEntry *owner = entry->buffer->key == buffer ? entry->buffer : findOrAddBuffer(buffer);
  if (owner == nullptr) return;
  --entry->buffer->encoders;
  ++owner->encoders;
  entry->buffer = owner;
}

// @claim AGXV2_3!RetainsBalanced, AGXV2_3!EncodersAreReleased
EncoderEntry *untrackEncodersOf(id buffer) {
  BufferEntry *owner = buffers.find(buffer);
  if (owner == nullptr) return nullptr;
  EncoderEntry *orphans = nullptr;
  for (EncoderEntry *entry = oldest; entry != nullptr && owner->encoders > 0;) {
    EncoderEntry *next = entry->newer;
    if (entry->buffer == owner) {
      takeOut(entry);
      entry->older = orphans;
      orphans = entry;
    }
    entry = next;
  }
  noteOldest();
  buffers.remove(owner);
  free(owner);
  return orphans;
}

// @claim AGXV2_3!RetainsBalanced, AGXV2_3!NoUseAfterFree
void untrackEncoder(EncoderEntry *entry) {
  takeOut(entry);
  noteOldest();
  free(entry);
}

// @unmodelled frees memory of the table's own
void forgetOrphans(EncoderEntry *orphans) {
  while (orphans != nullptr) {
    EncoderEntry *next = orphans->older;
    free(orphans);
    orphans = next;
  }
}

// @unmodelled monitor of A-STOP
uint64_t readOldestAge() {
  const uint64_t since = __atomic_load_n(&oldestSince, __ATOMIC_RELAXED);
  return since == 0 ? 0 : readMilliseconds() - since;
}

}  // namespace agx_fix
