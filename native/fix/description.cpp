// Reads the records of classes and methods, which only grow, and takes no lock. What has to be there: command
// buffer, compute and blit encoders, and `_impl` and destroyImpl in every encoder that is.
#include "fix/description.h"

#include <unistd.h>

#include "fix/driver-classes.h"
#include "fix/hooked-methods.h"

namespace agx_fix {

struct MissingList {
  Text &text;
  const char *quote;
  const char *separator;
  unsigned number;
};

// @unmodelled reports what was not found
static void addMissing(MissingList &list, const char *what, const char *of) {
  if (list.number++ > 0) list.text.add(list.separator);
  list.text.add(list.quote).add(what).add(of).add(list.quote);
}

// @unmodelled reports what was not found
static bool hasClassOf(Kind kind) {
  for (unsigned i = 0; i < countFoundClasses(); ++i)
    if (foundClass(i).kind == kind) return true;
  return false;
}

// @unmodelled reports what was not found
static void addMissingClasses(MissingList &list) {
  if (!hasClassOf(Kind::CommandBuffer)) addMissing(list, "class AGX...CommandBuffer", "");
  if (!hasClassOf(Kind::Compute)) addMissing(list, "class AGX...ComputeContext", "");
  if (!hasClassOf(Kind::Blit)) addMissing(list, "class AGX...BlitContext", "");
}

// @unmodelled reports what was not found
static void addMissingParts(MissingList &list, const FoundClass &found) {
  if (found.kind == Kind::CommandBuffer || found.kind == Kind::MpsCommandBuffer) return;
  if (found.implOffset < 0) addMissing(list, "ivar _impl of ", class_getName(found.cls));
  if (!found.hasDestroyImpl) addMissing(list, "method destroyImpl of ", class_getName(found.cls));
}

// An MPS-level command buffer alone is no driver: the framework may be loaded where no driver is.
// @unmodelled reports what was not found
static bool isDriverKnown() {
  for (unsigned i = 0; i < countFoundClasses(); ++i)
    if (foundClass(i).kind != Kind::MpsCommandBuffer) return true;
  return false;
}

// @unmodelled reports what was not found
unsigned listMissing(Text &text, const char *quote, const char *separator) {
  MissingList list = {text, quote, separator, 0};
  if (!isDriverKnown()) return 0;
  addMissingClasses(list);
  for (unsigned i = 0; i < countFoundClasses(); ++i) addMissingParts(list, foundClass(i));
  if (countRefusedMethods() > 0) addMissing(list, "methods of the expected shape", "");
  return list.number;
}

// Not by stdio: this is said with the guard held, and who has locked stderr may be waiting for the guard.
// @unmodelled reports what was not found
static void sayNotFound(const char *missing) {
  char buffer[1200];
  Text line(buffer, sizeof buffer);
  line.add("libagx_fix: not found: ").add(missing).add("; the rest is protected\n");
  if (write(STDERR_FILENO, buffer, line.length()) < 0) return;
}

// Asked again only when another class has been found meanwhile.
// @unmodelled reports what was not found
void sayWhatIsMissing() {
  static unsigned judged = 0;
  static int isSaid = 0;
  const unsigned found = countFoundClasses();
  if (__atomic_exchange_n(&judged, found, __ATOMIC_RELAXED) == found) return;
  char buffer[1024];
  Text text(buffer, sizeof buffer);
  if (listMissing(text, "", ", ") == 0 || __atomic_exchange_n(&isSaid, 1, __ATOMIC_RELAXED)) return;
  sayNotFound(buffer);
}

// @unmodelled reports what is hooked
static void describeMethods(Text &text, Class cls) {
  const char *separator = "\"";
  for (uint64_t i = 0; i < countHookedMethods(); ++i) {
    if (hookedMethod(i).cls != cls) continue;
    text.add(separator).add(hookedMethod(i).name).add("\"");
    separator = ",\"";
  }
}

// @unmodelled reports what is hooked
static void describeClass(Text &text, const FoundClass &found) {
  text.add("{\"name\":\"").add(class_getName(found.cls)).add("\",\"kind\":\"").add(nameOf(found.kind)).add("\",\"impl\":");
  if (found.implOffset < 0) text.add("null");
  else text.addNumber(found.implOffset);
  text.add(",\"selectors\":[");
  describeMethods(text, found.cls);
  text.add("]}");
}

// @unmodelled reports what is hooked
void describeHooks(Text &text) {
  text.add("{\"classes\":[");
  for (unsigned i = 0; i < countFoundClasses(); ++i) {
    if (i > 0) text.add(",");
    describeClass(text, foundClass(i));
  }
  text.add("],\"missing\":[");
  listMissing(text, "\"", ",");
  text.add("]}");
}

}  // namespace agx_fix
