// The places where the loader looks for the caller and for this library end alike, in those of the system. What
// the caller has before them is gone through by hand; the rest is the loader's. `$ORIGIN` in a path that is asked
// for is not replaced here.
#include "fix/caller-path.h"

#include <stdlib.h>

#if defined(__GLIBC__)

#include <dlfcn.h>
#include <limits.h>
#include <link.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

namespace agx_fix {

static const char ownData = 0;

// @unmodelled finds a file
static Dl_serinfo *listPlaces(const void *inside) {
  Dl_info info;
  link_map *object = nullptr;
  Dl_serinfo head;
  if (dladdr1(inside, &info, reinterpret_cast<void **>(&object), RTLD_DL_LINKMAP) == 0) return nullptr;
  if (dlinfo(object, RTLD_DI_SERINFOSIZE, &head) != 0) return nullptr;
  Dl_serinfo *places = static_cast<Dl_serinfo *>(malloc(head.dls_size));
  if (places == nullptr) return nullptr;
  *places = head;
  if (dlinfo(object, RTLD_DI_SERINFO, places) == 0) return places;
  free(places);
  return nullptr;
}

// @unmodelled finds a file
static unsigned countAlikeAtTheEnd(const Dl_serinfo &one, const Dl_serinfo &other) {
  unsigned alike = 0;
  while (alike < one.dls_cnt && alike < other.dls_cnt &&
         strcmp(one.dls_serpath[one.dls_cnt - 1 - alike].dls_name, other.dls_serpath[other.dls_cnt - 1 - alike].dls_name) == 0)
    ++alike;
  return alike;
}

// What is loaded already is found by its name alone, wherever it lies.
// @unmodelled finds a file
static void *openAmong(const Dl_serinfo &places, unsigned number, void *(*open)(const char *, int), const char *name, int mode) {
  void *library = number == 0 ? nullptr : open(name, mode | RTLD_NOLOAD);
  for (unsigned i = 0; library == nullptr && i < number; ++i) {
    char path[PATH_MAX];
    const int length = snprintf(path, sizeof path, "%s/%s", places.dls_serpath[i].dls_name, name);
    if (length < int(sizeof path) && access(path, R_OK) == 0) library = open(path, mode);
  }
  return library;
}

// @unmodelled finds a file
static void *openAlongRunPath(void *(*open)(const char *, int), const char *name, int mode, const void *caller) {
  Dl_serinfo *callers = listPlaces(caller), *own = listPlaces(&ownData);
  void *library = nullptr;
  if (callers != nullptr && own != nullptr)
    library = openAmong(*callers, callers->dls_cnt - countAlikeAtTheEnd(*callers, *own), open, name, mode);
  free(callers);
  free(own);
  return library;
}

// @unmodelled finds a file
void *openForCaller(void *(*open)(const char *, int), const char *path, int mode, const void *caller) {
  const bool isName = path != nullptr && *path != 0 && strchr(path, '/') == nullptr;
  void *library = isName ? openAlongRunPath(open, path, mode, caller) : nullptr;
  return library != nullptr ? library : open(path, mode);
}

}  // namespace agx_fix

#else

namespace agx_fix {

// @unmodelled finds a file
void *openForCaller(void *(*open)(const char *, int), const char *path, int mode, const void *) { return open(path, mode); }

}  // namespace agx_fix

#endif
