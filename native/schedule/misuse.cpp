// Only write and abort: nothing here may allocate or be seen by a sanitizer.
#include "schedule/misuse.h"

#include <stdlib.h>
#include <unistd.h>

namespace schedule {

static void put(const char *text) {
  unsigned length = 0;
  while (text[length] != 0) ++length;
  if (write(STDERR_FILENO, text, length) < 0) abort();
}

void reportMisuse(const char *what, const char *detail) {
  put("schedule: ");
  put(what);
  put(*detail == 0 ? "" : ": ");
  put(detail);
  put("\n");
  abort();
}

}  // namespace schedule
