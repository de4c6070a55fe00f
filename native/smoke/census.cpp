// census: every class and selector of the driver, and which of them is hooked. Prints one JSON line.
// A method counts as hooked when its implementation does not lie in the driver's library: nothing that a
// fix says of itself is asked. What the fix says, `agx_fix_describe_hooks`, is printed beside it.
#include <dlfcn.h>
#include <objc/runtime.h>
#include <stdio.h>

#include <map>
#include <string>
#include <vector>

#include "driver-sim/simulator.h"
#include "smoke/fix-statistics.h"

namespace smoke {

typedef std::map<std::string, std::vector<std::string>> Lists;

static std::string describeClasses() {
  std::string text(agx_sim_describe_classes(nullptr, 0) + 1, '\0');
  text.resize(agx_sim_describe_classes(&text[0], text.size()));
  return text;
}

// Strings before a colon are classes, the others selectors of the class before them.
static Lists readClasses(const std::string &text) {
  Lists classes;
  std::vector<std::string> *selectors = nullptr;
  for (size_t at = text.find('"'); at != std::string::npos; at = text.find('"', at)) {
    const size_t end = text.find('"', at + 1);
    const std::string name = text.substr(at + 1, end - at - 1);
    if (text[end + 1] == ':') selectors = &classes[name];
    else selectors->push_back(name);
    at = end + 1;
  }
  return classes;
}

static const void *libraryOf(const void *code) {
  Dl_info found = {};
  return dladdr(code, &found) != 0 ? found.dli_fbase : nullptr;
}

static bool isHooked(const std::string &cls, const std::string &selector) {
  const Class found = static_cast<Class>(objc_lookUpClass(cls.c_str()));
  const IMP method = class_getMethodImplementation(found, sel_registerName(selector.c_str()));
  return libraryOf(reinterpret_cast<const void *>(method)) != libraryOf(reinterpret_cast<const void *>(&agx_sim_describe_classes));
}

static std::string listNames(const std::vector<std::string> &names) {
  std::string list;
  for (const std::string &name : names) list += (list.empty() ? "\"" : ",\"") + name + "\"";
  return "[" + list + "]";
}

static std::string describe(const Lists &lists) {
  std::string text;
  for (const auto &[key, names] : lists) text += (text.empty() ? "\"" : ",\"") + key + "\":" + listNames(names);
  return "{" + text + "}";
}

// What the fix says of its hooks; null when there is none or when it cannot say.
static std::string describeFix() {
  typedef size_t (*Describe)(char *, size_t);
  const auto describeHooks = reinterpret_cast<Describe>(dlsym(RTLD_DEFAULT, "agx_fix_describe_hooks"));
  if (describeHooks == nullptr) return "null";
  std::string text(describeHooks(nullptr, 0) + 1, '\0');
  text.resize(describeHooks(&text[0], text.size()));
  return text;
}

// `unhooked` has each selector that some class responds to without a hook, with those classes.
struct Census {
  Lists responders, hooked, unhooked;
  size_t pairs = 0, hookedPairs = 0;
};

static Census takeCensus(const Lists &classes) {
  Census census;
  for (const auto &[cls, selectors] : classes)
    for (const std::string &selector : selectors) {
      const bool isOurs = isHooked(cls, selector);
      census.responders[selector].push_back(cls);
      if (isOurs) census.hooked[cls].push_back(selector);
      else census.unhooked[selector].push_back(cls);
      census.hookedPairs += isOurs;
      ++census.pairs;
    }
  for (auto &[selector, missing] : census.unhooked)
    if (missing == census.responders[selector]) missing = {"every class"};
  return census;
}

static void printCensus() {
  const Lists classes = readClasses(describeClasses());
  const Census census = takeCensus(classes);
  printf("{\"active\":%d,\"classes\":%zu,\"pairs\":%zu,\"hookedPairs\":%zu,\"unhooked\":%s,\"hooked\":%s,\"driver\":%s,\"fix\":%s}\n",
         isFixActive(), classes.size(), census.pairs, census.hookedPairs, describe(census.unhooked).c_str(),
         describe(census.hooked).c_str(), describe(classes).c_str(), describeFix().c_str());
}

}  // namespace smoke

int main() { smoke::printCensus(); }
