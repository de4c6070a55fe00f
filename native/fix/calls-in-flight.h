// Which thread is inside, or waits to get inside, which guarded call. Only monitors read it, and no step
// of the protocol depends on it: a call that begins in the very moment of a reading may be missed, and one
// that is not there is never seen.
//
// A thread writes its own record only, without a locked instruction. Records are never freed: a thread that
// ends leaves its record to one that comes.
#pragma once

#include <objc/objc.h>
#include <stdint.h>

namespace agx_fix {

/// What a call does with its object.
enum class Doing : uintptr_t {
  Work,     // a call on an encoder
  Destroy,  // the driver's destroyImpl of an encoder
  Buffer,   // a factory, a commit or an event of a command buffer
  Dealloc,  // looking something up while an object goes
};

struct CallInFlight {
  id object;
  Doing doing;
};

/// The same where other threads read it.
struct RecordedCall {
  id object;
  uintptr_t doing;
};

/// Calls nested deeper than this are not recorded.
constexpr unsigned kRecordedDepth = 12;

struct ThreadRecord {
  ThreadRecord *next;
  int isTaken;
  unsigned depth;
  uint64_t thread;  // a number of its own for every thread; 0 is none
  RecordedCall calls[kRecordedDepth];
};

#if defined(__APPLE__)
extern __thread ThreadRecord *ownRecord;
#else
extern __thread ThreadRecord *ownRecord __attribute__((tls_model("initial-exec")));
#endif

/// The calling thread's record, made when it has none; null when memory ran out.
ThreadRecord *takeRecord();

/// Says that the calling thread begins a call, before it waits for the guard.
// @unmodelled records calls for the monitors of assumptions
inline void beginCall(id object, Doing doing) {
  ThreadRecord *own = ownRecord;
  if (own == nullptr && (own = takeRecord()) == nullptr) return;
  const unsigned depth = own->depth;
  if (depth < kRecordedDepth) {
    __atomic_store_n(&own->calls[depth].object, object, __ATOMIC_RELAXED);
    __atomic_store_n(&own->calls[depth].doing, uintptr_t(doing), __ATOMIC_RELAXED);
  }
  __atomic_store_n(&own->depth, depth + 1, __ATOMIC_RELEASE);
}

/// Says that the innermost call of the calling thread ends.
// @unmodelled records calls for the monitors of assumptions
inline void endCall() {
  ThreadRecord *own = ownRecord;
  if (own != nullptr && own->depth > 0) __atomic_store_n(&own->depth, own->depth - 1, __ATOMIC_RELEASE);
}

/// A number that names the calling thread; 0 when it has no record.
// @unmodelled names a thread for the monitor of A-OWNED
inline uint64_t ownThread() { return ownRecord == nullptr ? 0 : ownRecord->thread; }

/// Copies calls that are in flight now, of every thread, into `out`; returns how many, at most `room`.
unsigned listCalls(CallInFlight *out, unsigned room);
/// Number of calls of other threads that do `doing` with `object`.
unsigned countCallsOfOthers(id object, Doing doing);
/// Number of calls of any thread that do `doing` with `object`.
unsigned countCalls(id object, Doing doing);
/// In a forked child: the other threads do not exist any more. Async-signal-safe.
void forgetOtherThreads();

}  // namespace agx_fix
