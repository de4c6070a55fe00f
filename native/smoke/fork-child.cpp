// The parent watches, since a child may hang before it could arm a timer of its own.
#include "smoke/fork-child.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "schedule/schedule.h"

namespace smoke {

ChildVoice::ChildVoice(int end) : pipeEnd(end) {}

void ChildVoice::say(const std::string &key, const std::string &value) {
  const std::string line = key + "\t" + value + "\n";
  if (write(pipeEnd, line.data(), line.size()) < 0) _exit(3);
}

static long readMilliseconds() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000L + now.tv_nsec / 1000000;
}

// A second less than the program's own watchdog, which would leave the child behind.
static long readLimit() {
  const char *chosen = getenv("SMOKE_SECONDS");
  const long seconds = chosen == nullptr ? 0 : atol(chosen);
  return seconds == 0 || seconds > 3 ? 3000 : seconds * 1000 - 500;
}

// Everything up to the end of the pipe; false when the limit comes first.
static bool readAll(int pipeEnd, std::string &text) {
  const long deadline = readMilliseconds() + readLimit();
  for (;;) {
    const long left = deadline - readMilliseconds();
    pollfd waited = {pipeEnd, POLLIN, 0};
    if (left <= 0 || poll(&waited, 1, int(left)) == 0) return false;
    char buffer[512];
    const ssize_t got = read(pipeEnd, buffer, sizeof buffer);
    if (got == 0) return true;
    if (got > 0) text.append(buffer, size_t(got));
  }
}

static void split(const std::string &text, ChildStory &story) {
  for (size_t at = 0; at < text.size();) {
    const size_t tab = text.find('\t', at), end = text.find('\n', at);
    if (tab == std::string::npos || end == std::string::npos) return;
    story.said.emplace_back(text.substr(at, tab - at), text.substr(tab + 1, end - tab - 1));
    at = end + 1;
  }
}

static std::string awaitEnd(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0) continue;
  if (WIFSIGNALED(status)) return "signal " + std::to_string(WTERMSIG(status));
  return "exit " + std::to_string(WEXITSTATUS(status));
}

// The child's only thread plays no role: it passes every point.
[[noreturn]] static void live(int pipeEnd, const std::function<void(ChildVoice &)> &act) {
  schedule_role(nullptr);
  ChildVoice voice(pipeEnd);
  act(voice);
  _exit(0);
}

ChildStory runInChild(const std::function<void(ChildVoice &)> &act) {
  int ends[2];
  if (pipe(ends) != 0) abort();
  const pid_t child = fork();
  if (child < 0) abort();
  if (child == 0) live(ends[1], act);
  close(ends[1]);
  ChildStory story;
  std::string text;
  const bool hasEnded = readAll(ends[0], text);
  close(ends[0]);
  if (!hasEnded) kill(child, SIGKILL);
  story.end = awaitEnd(child);
  if (!hasEnded) story.end = "hangs";
  split(text, story);
  return story;
}

}  // namespace smoke
