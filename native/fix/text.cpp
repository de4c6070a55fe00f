// See text.h.
#include "fix/text.h"

namespace agx_fix {

// @unmodelled builds a text
Text::Text(char *start, size_t room) : buffer(start), size(room), used(0) {
  if (size > 0) buffer[0] = 0;
}

// @unmodelled builds a text
void Text::addByte(char byte) {
  if (used + 1 < size) {
    buffer[used] = byte;
    buffer[used + 1] = 0;
  }
  ++used;
}

// @unmodelled builds a text
Text &Text::add(const char *text) {
  for (; *text != 0; ++text) addByte(*text);
  return *this;
}

// @unmodelled builds a text
Text &Text::addNumber(long long number) {
  char digits[24];
  char *next = digits + sizeof digits - 1;
  *next = 0;
  unsigned long long rest = number < 0 ? 0ULL - (unsigned long long)number : (unsigned long long)number;
  do {
    *--next = char('0' + rest % 10);
    rest /= 10;
  } while (rest != 0);
  if (number < 0) *--next = '-';
  return add(next);
}

// @unmodelled builds a text
size_t Text::length() const { return used; }

}  // namespace agx_fix
