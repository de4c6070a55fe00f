// The flag that the fork handler sets: this process is a forked child that has not started afresh.
// A plain word, so that the handler needs no call to set it.
#pragma once

namespace mps {

extern int forkFlag;

}  // namespace mps
