// A variable counts by its value: "AGX_FIX_DISABLE=0" leaves the fix on.
#include "fix/settings.h"

#include <stdlib.h>
#include <strings.h>

namespace agx_fix {

// @unmodelled configuration; the specs speak of the fix when it is on
static bool isNo(const char *value) {
  const char *const noes[] = {"", "0", "no", "off", "false"};
  for (const char *no : noes)
    if (strcasecmp(value, no) == 0) return true;
  return false;
}

// @unmodelled configuration; the specs speak of the fix when it is on
bool isDisabled() {
  const char *value = getenv("AGX_FIX_DISABLE");
  return value != nullptr && !isNo(value);
}

}  // namespace agx_fix
