// Asks the runtime, so that no list of ours can be out of date.
#include <objc/runtime.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <map>
#include <set>
#include <string>

#include "driver-sim/simulator.h"

namespace agx_sim {

typedef std::set<std::string> Selectors;

// @unmodelled walks the runtime's tables
static void addOwnSelectors(Class cls, Selectors &into) {
  unsigned count = 0;
  Method *methods = class_copyMethodList(cls, &count);
  for (unsigned i = 0; i < count; ++i) into.insert(sel_getName(method_getName(methods[i])));
  free(methods);
}

// @unmodelled walks the runtime's tables
static bool isOfDriver(Class cls) {
  const char *root = class_getName(cls);
  for (; cls != nullptr; cls = class_getSuperclass(cls)) root = class_getName(cls);
  return strcmp(root, "AGXSimObject") == 0;
}

// The abstract classes have no instances.
// @unmodelled walks the runtime's tables
static std::map<std::string, Selectors> collectClasses() {
  std::map<std::string, Selectors> found;
  const int count = objc_getClassList(nullptr, 0);
  Class *classes = static_cast<Class *>(calloc(size_t(count) + 1, sizeof(Class)));
  const int filled = objc_getClassList(classes, count);
  for (int i = 0; i < filled && i < count; ++i) {
    if (!isOfDriver(classes[i]) || strncmp(class_getName(classes[i]), "AGXSim", 6) == 0) continue;
    Selectors &selectors = found[class_getName(classes[i])];
    for (Class cls = classes[i]; cls != nullptr; cls = class_getSuperclass(cls)) addOwnSelectors(cls, selectors);
  }
  free(classes);
  return found;
}

// @unmodelled writes text
static std::string listSelectors(const Selectors &selectors) {
  std::string list;
  for (const std::string &selector : selectors) list += (list.empty() ? "\"" : ",\"") + selector + "\"";
  return "[" + list + "]";
}

}  // namespace agx_sim

// @unmodelled describes the driver to a test; the driver has no such interface
size_t agx_sim_describe_classes(char *buffer, size_t size) {
  std::string text;
  for (const auto &[cls, selectors] : agx_sim::collectClasses())
    text += (text.empty() ? "\"" : ",\"") + cls + "\":" + agx_sim::listSelectors(selectors);
  text = "{" + text + "}";
  if (size > 0) snprintf(buffer, size, "%s", text.c_str());
  return text.size();
}
