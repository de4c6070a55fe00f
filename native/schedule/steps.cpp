// Parses schedule texts; see schedule.h for the form.
#include "schedule/steps.h"

namespace schedule {

static bool isEnd(char c) { return c == 0 || c == ' ' || c == '|'; }

// Reads "+50" when it is there; leaves `text` behind it. False when no number follows the sign.
static bool readLinger(const char *&text, unsigned &milliseconds) {
  milliseconds = 0;
  if (*text != '+') return true;
  const char *sign = text;
  for (++text; *text >= '0' && *text <= '9'; ++text) milliseconds = milliseconds * 10 + (*text - '0');
  return text - sign > 1;
}

// Both halves of "role:point" have to be there.
static bool readName(const char *&text, Alternative &out, const char *&wrong) {
  unsigned length = 0, colon = 0;
  for (; !isEnd(*text) && *text != '+'; ++text) {
    if (length + 1 >= kMaxName) return wrong = "a name is too long", false;
    if (*text == ':' && colon == 0) colon = length;
    out.name[length++] = *text;
  }
  out.name[length] = 0;
  if (colon == 0 || colon + 1 == length) return wrong = "a step is not of the form role:point", false;
  return true;
}

static const char *readAlternative(const char *&text, Alternative &out) {
  const char *wrong = nullptr;
  if (!readName(text, out, wrong)) return wrong;
  if (!readLinger(text, out.lingerMilliseconds) || !isEnd(*text)) return "a linger is not of the form +milliseconds";
  return nullptr;
}

static const char *readStep(const char *&text, Step &out) {
  for (out.count = 0; out.count < kMaxAlternatives;) {
    const char *wrong = readAlternative(text, out.alternatives[out.count++]);
    if (wrong != nullptr || *text != '|') return wrong;
    ++text;
  }
  return "a step has more than 4 alternatives";
}

const char *parseSteps(const char *&text, Steps &out) {
  out.count = 0;
  for (const char *rest = text;;) {
    while (*rest == ' ') ++rest;
    text = rest;
    if (*rest == 0) return nullptr;
    if (out.count == kMaxSteps) return "a schedule has more than 64 steps";
    const char *wrong = readStep(rest, out.steps[out.count++]);
    if (wrong != nullptr) return wrong;
  }
}

bool isSame(const char *one, const char *other) {
  while (*one != 0 && *one == *other) ++one, ++other;
  return *one == *other;
}

bool isOfRole(const Alternative &alternative, const char *role) {
  const char *name = alternative.name;
  while (*role != 0 && *name == *role) ++name, ++role;
  return *role == 0 && *name == ':';
}

// Compares "role:point" with its two halves, without building the joined string.
static bool isNamed(const char *name, const char *role, const char *point) {
  while (*role != 0 && *name == *role) ++name, ++role;
  return *role == 0 && *name == ':' && isSame(name + 1, point);
}

const Alternative *findAlternative(const Step &step, const char *role, const char *point) {
  for (unsigned i = 0; i < step.count; ++i)
    if (isNamed(step.alternatives[i].name, role, point)) return &step.alternatives[i];
  return nullptr;
}

}  // namespace schedule
