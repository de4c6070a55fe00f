// A child process, made with fork() and watched by its parent.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace smoke {

/// What a child says, line by line, through a pipe.
class ChildVoice {
 public:
  explicit ChildVoice(int pipeEnd);
  void say(const std::string &key, const std::string &value);

 private:
  int pipeEnd;
};

/// How a child ended, "exit 0", "signal 11" or "hangs", and what it had said by then.
struct ChildStory {
  std::string end;
  std::vector<std::pair<std::string, std::string>> said;
};

/// Forks, has the child act, and waits for it. A child that has not ended after 3 s is killed, also one
/// that hangs inside fork() itself; less where SMOKE_SECONDS leaves less.
ChildStory runInChild(const std::function<void(ChildVoice &)> &act);

}  // namespace smoke
