// Parses schedule texts; see schedule.h for the form.
#include "schedule/steps.h"

namespace schedule {

static bool isEnd(char c) { return c == 0 || c == ' ' || c == '|'; }

// Reads "+50" when it is there; leaves `text` behind it.
static unsigned readLinger(const char *&text) {
  unsigned milliseconds = 0;
  if (*text != '+') return 0;
  for (++text; *text >= '0' && *text <= '9'; ++text) milliseconds = milliseconds * 10 + (*text - '0');
  return milliseconds;
}

static bool readAlternative(const char *&text, Alternative &out) {
  unsigned length = 0;
  bool hasColon = false;
  while (!isEnd(*text) && *text != '+') {
    if (length + 1 >= kMaxName) return false;
    hasColon = hasColon || *text == ':';
    out.name[length++] = *text++;
  }
  out.name[length] = 0;
  out.lingerMilliseconds = readLinger(text);
  return hasColon && isEnd(*text);
}

static bool readStep(const char *&text, Step &out) {
  for (out.count = 0; out.count < kMaxAlternatives;) {
    if (!readAlternative(text, out.alternatives[out.count++])) return false;
    if (*text != '|') return true;
    ++text;
  }
  return false;
}

bool parseSteps(const char *text, Steps &out) {
  out.count = 0;
  for (;;) {
    while (*text == ' ') ++text;
    if (*text == 0) return true;
    if (out.count == kMaxSteps || !readStep(text, out.steps[out.count++])) return false;
  }
}

// Compares "role:point" with its two halves, without building the joined string.
static bool isNamed(const char *name, const char *role, const char *point) {
  while (*role != 0 && *name == *role) ++name, ++role;
  if (*role != 0 || *name != ':') return false;
  ++name;
  while (*point != 0 && *name == *point) ++name, ++point;
  return *point == 0 && *name == 0;
}

const Alternative *findAlternative(const Step &step, const char *role, const char *point) {
  for (unsigned i = 0; i < step.count; ++i)
    if (isNamed(step.alternatives[i].name, role, point)) return &step.alternatives[i];
  return nullptr;
}

}  // namespace schedule
