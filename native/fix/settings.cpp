// A variable counts by its value: "AGX_FIX_DISABLE=0" leaves the fix on.
#include "fix/settings.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

namespace agx_fix {

struct Settings {
  bool isDisabled;
  bool isVerbose;
  char *reportPath;
};

static Settings settings;
static pthread_once_t isRead = PTHREAD_ONCE_INIT;

// @unmodelled configuration; the specs speak of the fix when it is on
static bool isOneOf(const char *value, const char *const *words) {
  for (; *words != nullptr; ++words)
    if (strcasecmp(value, *words) == 0) return true;
  return false;
}

// @unmodelled configuration; the specs speak of the fix when it is on
static bool readFlag(const char *name) {
  static const char *const noes[] = {"", "0", "no", "off", "false", nullptr};
  static const char *const yeses[] = {"1", "yes", "on", "true", nullptr};
  const char *value = getenv(name);
  if (value == nullptr || isOneOf(value, noes)) return false;
  if (isOneOf(value, yeses)) return true;
  fprintf(stderr, "libagx_fix: %s=\"%.40s\" is neither yes nor no; taken for no\n", name, value);
  return false;
}

// A copy, from the root on: the program may change its environment and its folder later.
// @unmodelled configuration; the specs speak of the fix when it is on
static char *keepPath(const char *path) {
  if (path == nullptr || *path == 0) return nullptr;
  char *folder = *path == '/' ? nullptr : getcwd(nullptr, 0);
  if (folder == nullptr) return strdup(path);
  const size_t size = strlen(folder) + strlen(path) + 2;
  char *whole = static_cast<char *>(malloc(size));
  if (whole != nullptr) snprintf(whole, size, "%s/%s", folder, path);
  free(folder);
  return whole;
}

// @unmodelled configuration; the specs speak of the fix when it is on
static void readSettings() {
  settings.isDisabled = readFlag("AGX_FIX_DISABLE");
  settings.isVerbose = readFlag("AGX_FIX_VERBOSE");
  settings.reportPath = keepPath(getenv("AGX_FIX_REPORT"));
}

// @unmodelled configuration; the specs speak of the fix when it is on
static const Settings &knownSettings() {
  pthread_once(&isRead, readSettings);
  return settings;
}

// @unmodelled configuration; the specs speak of the fix when it is on
bool isDisabled() { return knownSettings().isDisabled; }

// @unmodelled configuration; the specs speak of the fix when it is on
bool isVerbose() { return knownSettings().isVerbose; }

// @unmodelled configuration; the specs speak of the fix when it is on
const char *reportPath() { return knownSettings().reportPath; }

}  // namespace agx_fix
