// Builds a text in memory of the caller's, like snprintf: what does not fit is counted and not written.
#pragma once

#include <stddef.h>

namespace agx_fix {

class Text {
 public:
  /// `size` bytes at `buffer` may be written, the last of them the closing zero. Null when `size` is 0.
  Text(char *buffer, size_t size);
  Text &add(const char *text);
  Text &addNumber(long long number);
  /// Length of the whole text, without the zero.
  size_t length() const;

 private:
  void addByte(char byte);
  char *buffer;
  size_t size;
  size_t used;
};

}  // namespace agx_fix
