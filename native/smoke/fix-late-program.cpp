// smoke_late [driver [library]]: loads the driver by dlopen, from the folder of this program, and sends a dispatch
// to an encoder that has ended; without an argument no driver is loaded. A further library is loaded after the
// driver and closed at once. `smoke_late by-name driver`: by its name alone, which is found along the run path of
// this program. One JSON line, exit codes as of smoke.
#include <dlfcn.h>
#include <limits.h>
#include <objc/objc.h>
#include <objc/runtime.h>
#include <string.h>
#include <unistd.h>

#include <string>

#include "smoke/crash-handler.h"
#include "smoke/fix-statistics.h"
#include "smoke/report-line.h"

typedef void (*AnyMethod)(void);

struct LateSize {
  unsigned long width, height, depth;
};

static std::string findFolder() {
  char path[PATH_MAX] = "";
  const ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
  const std::string own(path, length > 0 ? size_t(length) : 0);
  return own.substr(0, own.rfind('/') + 1);
}

static AnyMethod findMethod(id object, const char *name) {
  return reinterpret_cast<AnyMethod>(class_getMethodImplementation(object_getClass(object), sel_registerName(name)));
}

static id sendForObject(id object, const char *name) {
  return reinterpret_cast<id (*)(id, SEL)>(findMethod(object, name))(object, sel_registerName(name));
}

static void sendDispatch(id encoder) {
  const char *name = "dispatchThreads:threadsPerThreadgroup:";
  const LateSize size = {1, 1, 1};
  typedef void (*Dispatch)(id, SEL, LateSize, LateSize);
  reinterpret_cast<Dispatch>(findMethod(encoder, name))(encoder, sel_registerName(name), size, size);
}

static void useDriver() {
  const Class cls = static_cast<Class>(objc_lookUpClass("AGXG16XFamilyCommandBuffer"));
  const id buffer = sendForObject(reinterpret_cast<id>(cls), "new");
  const id encoder = sendForObject(buffer, "computeCommandEncoder");
  sendDispatch(encoder);
  sendForObject(encoder, "endEncoding");
  sendDispatch(encoder);
}

static void *load(const std::string &library) { return dlopen(library.c_str(), RTLD_NOW | RTLD_GLOBAL); }

int main(int count, char **arguments) {
  smoke::installCrashHandler();
  const bool isByName = count == 3 && strcmp(arguments[1], "by-name") == 0;
  const std::string folder = isByName ? "" : findFolder();
  if (isByName) --count, ++arguments;
  smoke::ReportLine report;
  report.addNumber("stateBefore", smoke::readFixState());
  if (count >= 2) {
    if (load(folder + arguments[1]) == nullptr) return 2;
    void *further = count == 3 ? load(folder + arguments[2]) : nullptr;
    if (count == 3 && (further == nullptr || dlclose(further) != 0)) return 2;
    report.addNumber("stateAfter", smoke::readFixState());
    useDriver();
  }
  report.addNumber("skips", smoke::readFixStatistics().skips);
  return report.finish();
}
