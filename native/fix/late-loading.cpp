// Calls the installation when a driver may have become known: when this library loads, after every
// dlopen, and after every registration of Objective-C classes with the GCC runtime.
// A library without a path is looked up by dlopen along the *caller's* run path; through the
// interposer the caller is this library. Programs that rely on it must pass a path.
#include "fix/installation.h"

#include <dlfcn.h>
#include <objc/objc.h>
#include <stdlib.h>

#include "fix/report.h"

// @unmodelled installation precedes every behaviour of the specs (assumption A-HOOKED)
__attribute__((constructor)) static void installAtLoad() {
  agx_fix::installHooks();
  agx_fix::reportEvent("load");
}

// @unmodelled writes a report; no step of the protocol depends on it
__attribute__((destructor)) static void reportAtExit() { agx_fix::reportEvent("exit"); }

#if !defined(__APPLE__)

#pragma GCC visibility push(default)
extern "C" void __objc_exec_class(void *module);
extern "C" void *dlopen(const char *path, int mode) noexcept;
#pragma GCC visibility pop

// @unmodelled a library cannot work whose symbols are missing
static void *findNext(const char *name) {
  void *next = dlsym(RTLD_NEXT, name);
  if (next == nullptr) abort();
  return next;
}

// @unmodelled installation precedes every behaviour of the specs (assumption A-HOOKED)
void *dlopen(const char *path, int mode) noexcept {
  void *library = reinterpret_cast<void *(*)(const char *, int)>(findNext("dlopen"))(path, mode);
  agx_fix::installHooks();
  agx_fix::reportEvent("hooks");
  return library;
}

// @unmodelled installation precedes every behaviour of the specs (assumption A-HOOKED)
void __objc_exec_class(void *module) {
  reinterpret_cast<void (*)(void *)>(findNext("__objc_exec_class"))(module);
  agx_fix::installHooks();
  agx_fix::reportEvent("hooks");
}

#endif
