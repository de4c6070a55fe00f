// Calls the installation when a driver may have become known: when this library loads, after every
// dlopen, and after every registration of Objective-C classes with the GCC runtime. Not by
// objc_addLoadImageFunc on macOS: what that calls holds the runtime's lock, and may not use the runtime.
//
// To dlopen, the interposer is who asks. On Linux what depends on that is done here (caller-path.h); on macOS
// `@rpath` and `@loader_path` are this library's, so that programs which rely on their own must pass a path.
#include <dlfcn.h>
#include <objc/objc.h>
#include <pthread.h>
#include <stdlib.h>

#include "fix/agx_fix.h"
#include "fix/caller-path.h"
#include "fix/description.h"
#include "fix/guard.h"
#include "fix/installation.h"
#include "fix/report.h"

static const char ownData = 0;

// True when another copy of the fix came first, say an injected one before one compiled into a host
// library: its interface is the one that the process finds.
// @unmodelled installation precedes every behaviour of the specs (assumption A-HOOKED)
static bool isSecondCopy() {
  Dl_info own, first;
  const void *interface = dlsym(RTLD_DEFAULT, "agx_fix_api_version");
  if (interface == nullptr || dladdr(&ownData, &own) == 0 || dladdr(interface, &first) == 0) return false;
  return own.dli_fbase != first.dli_fbase;
}

// @unmodelled keeps the guard and the monitors usable in a forked child
static void startChild() {
  agx_fix::freeGuardInChild();
  agx_fix::freeInstallationInChild();
  agx_fix::forgetOtherThreads();
}

static int isAsleep = -1;  // 1 in a second copy, -1 before that is known

// @unmodelled installation precedes every behaviour of the specs (assumption A-HOOKED)
static bool isAwake() {
  if (isAsleep < 0) isAsleep = isSecondCopy();
  return isAsleep == 0;
}

// While a dlopen is under way, part of a driver may be known and the rest about to come.
static __thread int loadsUnderWay = 0;

// @unmodelled installation precedes every behaviour of the specs (assumption A-HOOKED)
static void noticeClasses() {
  if (!isAwake()) return;
  agx_fix::installHooks();
  if (loadsUnderWay > 0) return;
  agx_fix::sayWhatIsMissing();
}

#if defined(__APPLE__)

// @unmodelled loads nothing that was not loaded
static void *openUnnoticed(const char *path, int mode) { return dlopen(path, mode); }

#else

// @unmodelled a library cannot work whose symbols are missing
static void *findNext(const char *name) {
  void *next = dlsym(RTLD_NEXT, name);
  if (next == nullptr) abort();
  return next;
}

// @unmodelled loads nothing that was not loaded
static void *openUnnoticed(const char *path, int mode) {
  return reinterpret_cast<void *(*)(const char *, int)>(findNext("dlopen"))(path, mode);
}

#endif

// Hooks point into this library, or the one it was compiled into, and classes have no other way back: a handle
// that nobody closes keeps it. Where it is part of the program itself there is nothing to keep.
// @unmodelled keeps code where it is
static void stayLoaded() {
  Dl_info own;
  if (dladdr(&ownData, &own) == 0) return;
  if (openUnnoticed(own.dli_fname, RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE) == nullptr) dlerror();
}

// @unmodelled installation precedes every behaviour of the specs (assumption A-HOOKED)
__attribute__((constructor)) static void startAtLoad() {
  if (!isAwake()) return;
  stayLoaded();
  pthread_atfork(nullptr, nullptr, startChild);
  noticeClasses();
  agx_fix::reportEvent("load");
}

// @unmodelled writes a report; no step of the protocol depends on it
__attribute__((destructor)) static void reportAtExit() {
  if (!isAwake()) return;
  agx_fix::sayWhatIsMissing();
  agx_fix::reportEvent("exit");
  agx_fix::sayWhatWasCounted();
}

// @unmodelled installation precedes every behaviour of the specs (assumption A-HOOKED)
static void *loadAndNotice(const char *path, int mode, const void *caller) {
  ++loadsUnderWay;
  void *library = agx_fix::openForCaller(openUnnoticed, path, mode, caller);
  --loadsUnderWay;
  noticeClasses();
  if (isAwake()) agx_fix::reportEvent("hooks");
  return library;
}

#if defined(__APPLE__)

// @unmodelled installation precedes every behaviour of the specs (assumption A-HOOKED)
static void *openAndNotice(const char *path, int mode) { return loadAndNotice(path, mode, nullptr); }

// dyld sends other images' calls of the second to the first; the third word gives the section its type.
struct Interposing {
  void *(*replacement)(const char *, int);
  void *(*original)(const char *, int);
};
__attribute__((used, section("__DATA,__interpose,interposing"))) static const Interposing interposing[] = {
    {openAndNotice, dlopen}};

#else

#pragma GCC visibility push(default)
extern "C" void __objc_exec_class(void *module);
extern "C" void *dlopen(const char *path, int mode) noexcept;
#pragma GCC visibility pop

// @unmodelled installation precedes every behaviour of the specs (assumption A-HOOKED)
void *dlopen(const char *path, int mode) noexcept { return loadAndNotice(path, mode, __builtin_return_address(0)); }

// A module of a library that is still being loaded; what is missing is said later.
// @unmodelled installation precedes every behaviour of the specs (assumption A-HOOKED)
void __objc_exec_class(void *module) {
  reinterpret_cast<void (*)(void *)>(findNext("__objc_exec_class"))(module);
  if (!isAwake()) return;
  agx_fix::installHooks();
  agx_fix::reportEvent("hooks");
}

#endif
