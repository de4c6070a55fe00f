// Each line is one write to a descriptor opened for appending, so that lines of several processes do
// not mix. Nothing here takes a lock: the last line is written while the process ends.
#include "fix/report.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "fix/agx_fix.h"
#include "fix/settings.h"
#include "fix/text.h"

namespace agx_fix {

static uint64_t reportedHooks = 0;

struct NamedCount {
  const char *name;
  uint64_t agx_fix_statistics::*field;
};

#define COUNT(field) {#field, &agx_fix_statistics::field}

static const NamedCount namedCounts[] = {
    COUNT(guarded_calls),
    COUNT(contentions),
    COUNT(skips),
    COUNT(retained),
    COUNT(released),
    COUNT(tracked),
    COUNT(reused_encoders),
    COUNT(untracked_encoders),
    COUNT(untracked_calls),
    COUNT(over_released),
    COUNT(calls_in_flight),
    COUNT(foreign_calls),
    COUNT(calls_after_end),
    COUNT(overlapping_buffer_calls),
    COUNT(uncommitted_buffers),
    COUNT(reinitialised_in_destroy),
    COUNT(null_destroys),
    COUNT(oldest_tracked_ms),
};

// @unmodelled reports counts; no step of the protocol depends on it
static void addStatistics(Text &line) {
  agx_fix_statistics all;
  all.size = sizeof all;
  agx_fix_read_statistics(&all);
  line.add(",\"statistics\":{");
  const char *separator = "\"";
  for (const NamedCount &count : namedCounts) {
    line.add(separator).add(count.name).add("\":").addNumber((long long)(all.*count.field));
    separator = ",\"";
  }
  line.add("}");
}

// @unmodelled reports what is hooked; no step of the protocol depends on it
static void addState(Text &line, const char *event) {
  const int active = agx_fix_is_active();
  line.add("{\"event\":\"").add(event).add("\",\"api\":").addNumber(AGX_FIX_API_VERSION);
  line.add(",\"pid\":").addNumber(getpid());
  line.add(",\"active\":").add(active != AGX_FIX_INACTIVE ? "true" : "false");
  line.add(",\"partial\":").add(active == AGX_FIX_PARTLY_ACTIVE ? "true" : "false");
  line.add(",\"disabled\":").add(isDisabled() ? "true" : "false");
  line.add(",\"hooks\":").addNumber((long long)agx_fix_count_hooks());
}

// A pipe without a reader is an error here, and nothing to wait for: the process may be at its very start.
// @unmodelled writes a report; no step of the protocol depends on it
static void append(const char *path, const char *line, size_t length) {
  const int file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0666);
  static int isSaid = 0;
  const bool isWritten = file >= 0 && write(file, line, length) == ssize_t(length);
  if (!isWritten && !__atomic_exchange_n(&isSaid, 1, __ATOMIC_RELAXED))
    fprintf(stderr, "libagx_fix: AGX_FIX_REPORT: cannot write \"%s\": %s\n", path, strerror(errno));
  if (file >= 0) close(file);
}

// @unmodelled writes a report; no step of the protocol depends on it
void reportEvent(const char *event) {
  const char *path = reportPath();
  if (path == nullptr) return;
  const uint64_t hooks = agx_fix_count_hooks();
  const uint64_t before = __atomic_exchange_n(&reportedHooks, hooks, __ATOMIC_RELAXED);
  if (before == hooks && strcmp(event, "hooks") == 0) return;
  char buffer[2048];
  Text line(buffer, sizeof buffer);
  addState(line, event);
  if (strcmp(event, "exit") == 0) addStatistics(line);
  line.add("}\n");
  append(path, buffer, line.length());
}

// @unmodelled reports counts; no step of the protocol depends on it
void sayWhatWasCounted() {
  if (!isVerbose() || agx_fix_count_hooks() == 0) return;
  char buffer[2048];
  Text line(buffer, sizeof buffer);
  addStatistics(line);
  fprintf(stderr, "libagx_fix: %s\n", buffer + 1);
}

}  // namespace agx_fix
