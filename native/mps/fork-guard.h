// The fork guard. Device objects do not survive a fork, and locks may be inherited from threads that the
// child does not have. So every entry point first asks, before it takes any lock, whether this process
// is a forked child, and raises if it is.
//
// The rules that this rests on:
// - every entry point has the handler registered before it takes its first lock, so that whatever lock or
//   stream a child inherits, it is marked; a child of a process that never came to an entry point is not,
//   and may simply begin;
// - the handler sets a flag and does nothing else: whatever lock it took might be an orphan;
// - a child that wants to go on calls `startAfresh`.
#pragma once

#include <stdexcept>

namespace mps {

/// What every entry point throws in a forked child.
struct ForkedChildError : std::runtime_error {
  ForkedChildError();
};

/// Whether this process is a forked child that has not started afresh. Any thread, no locks.
bool isInForkedChild();

/// Throws ForkedChildError in a forked child that has not started afresh. Any thread, no locks.
void refuseForkedChild();

/// What an entry point begins with that takes a lock: throws ForkedChildError in a forked child that has
/// not started afresh, and has children of later forks marked. Any thread, no locks.
void admitCall();

/// Has children of later forks marked. Once per process; any thread. The registration itself is
/// inherited: a child of a child is marked, too.
void registerForkHandler();

/// Makes a forked child a process of its own: new locks, new streams on demand. What it inherited stays
/// as it is, neither unlocked nor freed, and streams from before the fork are refused. Call it in the
/// child, while it has one thread. Locks of other libraries are not ours to renew: a child that has
/// inherited the runtime's lock in a locked state hangs in its first message to an object.
/// @return false, and nothing done, where there is nothing to start afresh from
bool startAfresh();

}  // namespace mps
