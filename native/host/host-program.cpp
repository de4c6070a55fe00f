// An application of the host library, which knows nothing of the fix. Arguments: `after-end`, or
// `work <threads> <rounds>`. Prints one JSON line. Built with HOST_LATE it loads the library itself,
// as a scripting language loads an extension: by path, late, and with its names kept to itself.
#include "host/host-app.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "smoke/crash-handler.h"

#ifdef HOST_LATE
#include <dlfcn.h>

// The library stays for good once it was loaded: hooks point into it. So it is closed and opened again here.
static void *findInHost(const char *name) {
  void *first = dlopen(HOST_LATE, RTLD_NOW | RTLD_LOCAL);
  if (first != nullptr) dlclose(first);
  void *library = dlopen(HOST_LATE, RTLD_NOW | RTLD_LOCAL | RTLD_NOLOAD);
  void *found = library == nullptr ? nullptr : dlsym(library, name);
  if (found != nullptr) return found;
  fprintf(stderr, "host program: %s is not in %s\n", name, HOST_LATE);
  exit(3);
}

#define HOST(name) reinterpret_cast<decltype(&name)>(findInHost(#name))
#else
#define HOST(name) name
#endif

int main(int count, char **arguments) {
  smoke::installCrashHandler();
  const char *what = count > 1 ? arguments[1] : "";
  if (strcmp(what, "after-end") == 0) {
    HOST(host_app_dispatch_after_end)();
  } else if (strcmp(what, "work") == 0 && count > 3) {
    HOST(host_app_work)(atoi(arguments[2]), atoi(arguments[3]));
  } else {
    fprintf(stderr, "host program: expected after-end, or work <threads> <rounds>\n");
    return 2;
  }
  const host_app_facts facts = HOST(host_app_read_facts)();
  printf("{\"active\":%d,\"hooked\":%d,\"skips\":%llu,\"guardedCalls\":%llu,\"retained\":%llu}\n", facts.active,
         facts.hooks > 0, (unsigned long long)facts.skips, (unsigned long long)facts.guarded_calls,
         (unsigned long long)facts.retained);
  return 0;
}
