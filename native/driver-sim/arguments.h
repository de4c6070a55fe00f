// A digest of a method's arguments, so that a test can tell whether a hook passed them on unchanged. The
// caller computes the same digest from what it sent. It does not depend on the order of the additions, since
// a caller's arguments are evaluated in any order.
#pragma once

#include <stddef.h>

namespace agx_sim {

/// Digest of one argument: its place and its bytes (FNV-1a). Its type may have no padding.
// @unmodelled compares arguments for a test
template <class Value>
unsigned long digestOf(unsigned long place, const Value &value) {
  unsigned long digest = (0xcbf29ce484222325 ^ place) * 0x100000001b3;
  for (size_t i = 0; i < sizeof value; ++i)
    digest = (digest ^ reinterpret_cast<const unsigned char *>(&value)[i]) * 0x100000001b3;
  return digest;
}

/// Digest of arguments in places 0, 1, …: the sum of theirs.
// @unmodelled compares arguments for a test
template <class... Value>
unsigned long digestOfAll(const Value &...values) {
  unsigned long digest = 0;
  unsigned long place = 0;
  ((digest += digestOf(place++, values)), ...);
  (void)place;
  return digest;
}

}  // namespace agx_sim
