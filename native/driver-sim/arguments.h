// A digest of a method's arguments, so that a test can tell whether a hook passed them on unchanged. The
// caller computes the same digest from what it sent.
#pragma once

#include <stddef.h>

namespace agx_sim {

constexpr unsigned long kEmptyDigest = 0xcbf29ce484222325;

/// Adds bytes to a digest (FNV-1a).
// @unmodelled compares arguments for a test
inline unsigned long addBytes(unsigned long digest, const void *bytes, size_t size) {
  for (size_t i = 0; i < size; ++i)
    digest = (digest ^ static_cast<const unsigned char *>(bytes)[i]) * 0x100000001b3;
  return digest;
}

/// Digest of the values in order, each with its own size. None of the types may have padding.
// @unmodelled compares arguments for a test
template <class... Value>
unsigned long digestOf(const Value &...values) {
  unsigned long digest = kEmptyDigest;
  ((digest = addBytes(digest, &values, sizeof values)), ...);
  return digest;
}

}  // namespace agx_sim
