// Looks the interface up at run time: the same program runs with the fix and without.
#include "smoke/fix-statistics.h"

#include <dlfcn.h>

namespace smoke {

int readFixState() {
  const auto isActive = reinterpret_cast<int (*)()>(dlsym(RTLD_DEFAULT, "agx_fix_is_active"));
  return isActive == nullptr ? -1 : isActive();
}

bool isFixActive() { return readFixState() > 0; }

agx_fix_statistics readFixStatistics() {
  typedef int (*Read)(agx_fix_statistics *);
  agx_fix_statistics statistics = {};
  statistics.size = sizeof statistics;
  const auto read = reinterpret_cast<Read>(dlsym(RTLD_DEFAULT, "agx_fix_read_statistics"));
  if (read != nullptr) read(&statistics);
  return statistics;
}

}  // namespace smoke
