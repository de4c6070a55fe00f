// Records are pushed onto a list that only grows, and taken again by later threads.
#include "fix/calls-in-flight.h"

#include <pthread.h>
#include <stdlib.h>

namespace agx_fix {

#if defined(__APPLE__)
__thread ThreadRecord *ownRecord = nullptr;
#else
__thread ThreadRecord *ownRecord __attribute__((tls_model("initial-exec"))) = nullptr;
#endif

static ThreadRecord *records = nullptr;
static uint64_t threadsSeen = 0;
static pthread_key_t recordOfThread;
static pthread_once_t hasKey = PTHREAD_ONCE_INIT;

// @unmodelled records calls for the monitors of assumptions
static void leaveRecord(void *record) {
  ThreadRecord *left = static_cast<ThreadRecord *>(record);
  ownRecord = nullptr;
  __atomic_store_n(&left->depth, 0, __ATOMIC_RELAXED);
  __atomic_store_n(&left->isTaken, 0, __ATOMIC_RELEASE);
}

// @unmodelled records calls for the monitors of assumptions
static void makeKey() { pthread_key_create(&recordOfThread, leaveRecord); }

// @unmodelled records calls for the monitors of assumptions
static ThreadRecord *takeFreeRecord() {
  for (ThreadRecord *record = __atomic_load_n(&records, __ATOMIC_ACQUIRE); record != nullptr; record = record->next) {
    int expected = 0;
    if (__atomic_compare_exchange_n(&record->isTaken, &expected, 1, false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
      return record;
  }
  return nullptr;
}

// @unmodelled records calls for the monitors of assumptions
static ThreadRecord *makeRecord() {
  ThreadRecord *record = static_cast<ThreadRecord *>(malloc(sizeof(ThreadRecord)));
  if (record == nullptr) return nullptr;
  *record = ThreadRecord();
  record->isTaken = 1;
  record->next = __atomic_load_n(&records, __ATOMIC_RELAXED);
  while (!__atomic_compare_exchange_n(&records, &record->next, record, true, __ATOMIC_RELEASE, __ATOMIC_RELAXED)) continue;
  return record;
}

// @unmodelled records calls for the monitors of assumptions
ThreadRecord *takeRecord() {
  pthread_once(&hasKey, makeKey);
  ThreadRecord *record = takeFreeRecord();
  if (record == nullptr) record = makeRecord();
  if (record == nullptr) return nullptr;
  record->thread = __atomic_add_fetch(&threadsSeen, 1, __ATOMIC_RELAXED);
  pthread_setspecific(recordOfThread, record);
  ownRecord = record;
  return record;
}

// @unmodelled reads what a thread does for the monitors of assumptions
static unsigned readDepth(const ThreadRecord *record) {
  const unsigned depth = __atomic_load_n(&record->depth, __ATOMIC_ACQUIRE);
  return depth < kRecordedDepth ? depth : kRecordedDepth;
}

// @unmodelled reads what a thread does for the monitors of assumptions
static CallInFlight readCall(const ThreadRecord *record, unsigned place) {
  const RecordedCall &call = record->calls[place];
  return {__atomic_load_n(&call.object, __ATOMIC_RELAXED), Doing(__atomic_load_n(&call.doing, __ATOMIC_RELAXED))};
}

// @unmodelled monitor of A-LIVE
unsigned listCalls(CallInFlight *out, unsigned room) {
  unsigned found = 0;
  for (const ThreadRecord *record = __atomic_load_n(&records, __ATOMIC_ACQUIRE); record != nullptr; record = record->next)
    for (unsigned i = 0; i < readDepth(record) && found < room; ++i) out[found++] = readCall(record, i);
  return found;
}

// @unmodelled monitor of A-SERIAL and A-NOREINIT
static unsigned countMatching(id object, Doing doing, const ThreadRecord *except) {
  unsigned found = 0;
  for (const ThreadRecord *record = __atomic_load_n(&records, __ATOMIC_ACQUIRE); record != nullptr; record = record->next) {
    if (record == except) continue;
    for (unsigned i = 0; i < readDepth(record); ++i) {
      const CallInFlight call = readCall(record, i);
      if (call.object == object && call.doing == doing) ++found;
    }
  }
  return found;
}

// @unmodelled monitor of A-SERIAL
unsigned countCallsOfOthers(id object, Doing doing) { return countMatching(object, doing, ownRecord); }

// @unmodelled monitor of A-NOREINIT
unsigned countCalls(id object, Doing doing) { return countMatching(object, doing, nullptr); }

// @unmodelled keeps the monitors right in a forked child
void forgetOtherThreads() {
  for (ThreadRecord *record = records; record != nullptr; record = record->next) {
    if (record == ownRecord) continue;
    record->depth = 0;
    record->isTaken = 0;
  }
}

}  // namespace agx_fix
