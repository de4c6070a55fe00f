// smoke_said <program> [arguments]: runs a program of this folder and reports what it wrote to stderr: how many
// lines, how many of them are the fix's, and the first of those; and its exit code, or 128 and its signal.
// smoke_said unread-pipe <program> [arguments]: the same with AGX_FIX_REPORT naming a pipe that nobody reads. A program
// that does not get past it is ended by SIGALRM.
// smoke_said moved-report <program> [arguments]: the same with AGX_FIX_REPORT naming a file without a folder, for a
// program that changes its folder; `exitReported` says whether the line of its exit came to the one it was started in.
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>

#include "smoke/crash-handler.h"
#include "smoke/report-line.h"

static std::string findFolder() {
  char path[PATH_MAX] = "";
  const ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
  const std::string own(path, length > 0 ? size_t(length) : 0);
  return own.substr(0, own.rfind('/') + 1);
}

static std::string makePlace(const char *name) {
  char folder[] = "/tmp/smoke-said-XXXXXX";
  return std::string(mkdtemp(folder) == nullptr ? "/nowhere" : folder) + "/" + name;
}

static std::string makeUnreadPipe() {
  const std::string path = makePlace("pipe");
  if (mkfifo(path.c_str(), 0600) != 0 || setenv("AGX_FIX_REPORT", path.c_str(), 1) != 0) exit(2);
  return path;
}

static std::string makeReport() {
  const std::string path = makePlace("report");
  if (setenv("AGX_FIX_REPORT", "report", 1) != 0) exit(2);
  return path;
}

static void removePlace(const std::string &path) {
  unlink(path.c_str());
  rmdir(path.substr(0, path.rfind('/')).c_str());
}

[[noreturn]] static void startProgram(char **arguments, int errors, const std::string &folder) {
  const std::string path = findFolder() + arguments[0];
  if (!folder.empty() && chdir(folder.c_str()) != 0) _exit(127);
  alarm(4);
  dup2(errors, STDERR_FILENO);
  if (freopen("/dev/null", "w", stdout) == nullptr) _exit(127);
  execv(path.c_str(), arguments);
  _exit(127);
}

static std::string readAll(int file) {
  std::string text;
  char part[512];
  for (ssize_t length; (length = read(file, part, sizeof part)) > 0;) text.append(part, size_t(length));
  return text;
}

static bool hasExitLine(const std::string &path) {
  const int file = open(path.c_str(), O_RDONLY);
  if (file < 0) return false;
  const std::string text = readAll(file);
  close(file);
  return text.find("{\"event\":\"exit\"") != std::string::npos;
}

// What a JSON text and a test file need no escapes for.
static std::string makePlain(std::string line) {
  for (char &c : line)
    if (c == '"' || c == '\\') c = '\'';
  return line;
}

int main(int count, char **arguments) {
  smoke::installCrashHandler();
  int ends[2];
  if (count < 2 || pipe(ends) != 0) return 2;
  const bool isUnread = count > 2 && strcmp(arguments[1], "unread-pipe") == 0;
  const bool isMoved = count > 2 && strcmp(arguments[1], "moved-report") == 0;
  const std::string place = isUnread ? makeUnreadPipe() : isMoved ? makeReport() : "";
  const pid_t child = fork();
  if (child == 0)
    startProgram(arguments + (isUnread || isMoved ? 2 : 1), ends[1], isMoved ? place.substr(0, place.rfind('/')) : "");
  close(ends[1]);
  const std::string said = readAll(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  const bool isReported = isMoved && hasExitLine(place);
  if (isUnread || isMoved) removePlace(place);
  const int exit = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  if (exit == 127) return 2;
  smoke::ReportLine report;
  long lines = 0, own = 0;
  std::string first;
  for (size_t at = 0, end; (end = said.find('\n', at)) != std::string::npos; at = end + 1) {
    const std::string line = said.substr(at, end - at);
    const bool isOwn = line.rfind("libagx_fix: ", 0) == 0;
    if (isOwn && own++ == 0) first = makePlain(line);
    ++lines;
  }
  report.addNumber("isSilent", lines == 0);
  report.addNumber("lines", lines);
  report.addNumber("fixLines", own);
  report.addText("first", first);
  if (isMoved) report.addNumber("exitReported", isReported);
  report.addNumber("exit", exit);
  return report.finish();
}
