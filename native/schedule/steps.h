// The parsed form of a schedule: fixed storage, no allocation, no library calls that a sanitizer hooks.
#pragma once

namespace schedule {

constexpr unsigned kMaxSteps = 64;
constexpr unsigned kMaxAlternatives = 4;
constexpr unsigned kMaxName = 64;

struct Alternative {
  char name[kMaxName];  // "role:point"
  unsigned lingerMilliseconds;
};

struct Step {
  Alternative alternatives[kMaxAlternatives];
  unsigned count;
};

struct Steps {
  Step steps[kMaxSteps];
  unsigned count;
};

/// Parses `text`. Returns null, or what is wrong with it, and then `text` stands at the step in question.
const char *parseSteps(const char *&text, Steps &out);
/// The alternative of `step` that is `role:point`, or null.
const Alternative *findAlternative(const Step &step, const char *role, const char *point);
/// True when `alternative` is a step of `role`.
bool isOfRole(const Alternative &alternative, const char *role);
/// Compares two texts.
bool isSame(const char *one, const char *other);

}  // namespace schedule
