// A hash table from addresses to entries that the user allocates: chains of buckets that double in number
// when there are more entries, so that finding one costs the same however many there are. An Entry has
// `const void *key` and `Entry *nextInBucket`. Growing needs memory and is given up without it: the table
// stays right, with longer chains. Not synchronised.
#pragma once

#include <stdint.h>
#include <stdlib.h>

namespace agx_fix {

// Objects lie 16 bytes apart at least; multiplying spreads the rest over the upper bits.
// @unmodelled arithmetic
inline uintptr_t hashPointer(const void *key) {
  return uintptr_t((uint64_t(reinterpret_cast<uintptr_t>(key)) >> 4) * 0x9e3779b97f4a7c15ULL >> 24);
}

template <class Entry>
class PointerTable {
 public:
  // @claim AGXV2_3!RetainsBalanced
  Entry *find(const void *key) const {
    Entry *entry = buckets()[hashPointer(key) & mask];
    while (entry != nullptr && entry->key != key) entry = entry->nextInBucket;
    return entry;
  }

  // @claim AGXV2_3!RetainsBalanced, AGXV2_3!EncodersAreReleased
  void insert(Entry *entry) {
    if (++size > mask) grow();
    Entry **bucket = &buckets()[hashPointer(entry->key) & mask];
    entry->nextInBucket = *bucket;
    *bucket = entry;
  }

  // @claim AGXV2_3!RetainsBalanced, AGXV2_3!EncodersAreReleased
  void remove(Entry *entry) {
    Entry **link = &buckets()[hashPointer(entry->key) & mask];
    while (*link != nullptr && *link != entry) link = &(*link)->nextInBucket;
    if (*link == nullptr) return;
    *link = entry->nextInBucket;
    --size;
  }

 private:
  static const uintptr_t kFirstBuckets = 256;
  Entry *first[kFirstBuckets] = {};
  Entry **more = nullptr;
  uintptr_t mask = kFirstBuckets - 1;
  uintptr_t size = 0;

  // @unmodelled memory of the table's own
  Entry **buckets() { return more == nullptr ? first : more; }
  // @unmodelled memory of the table's own
  Entry *const *buckets() const { return more == nullptr ? first : more; }

  // @unmodelled memory of the table's own
  void grow() {
    const uintptr_t newMask = 2 * mask + 1;
    Entry **grown = static_cast<Entry **>(calloc(newMask + 1, sizeof(Entry *)));
    if (grown == nullptr) return;
    for (uintptr_t i = 0; i <= mask; ++i) {
      for (Entry *entry = buckets()[i]; entry != nullptr;) {
        Entry *next = entry->nextInBucket;
        Entry **bucket = &grown[hashPointer(entry->key) & newMask];
        entry->nextInBucket = *bucket;
        *bucket = entry;
        entry = next;
      }
    }
    free(more);
    more = grown;
    mask = newMask;
  }
};

}  // namespace agx_fix
