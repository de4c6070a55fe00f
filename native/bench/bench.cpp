// bench: nanoseconds per call, protected and unprotected, in one run. Prints one JSON line. What it measures
// alternates, so that a change of the machine's speed meets both. Needs the fix in the process (exit 2).
#include "bench/bench-driver.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

#include "fix/agx_fix.h"

static const unsigned long kCalls = 800'000;
static const int kRounds = 15;

static double readNanoseconds(clockid_t clock) {
  timespec now;
  clock_gettime(clock, &now);
  return now.tv_sec * 1e9 + now.tv_nsec;
}

// One thread: processor time of its calls, which other processes do not add to. Several: wall-clock time of
// all calls, divided by the calls of all threads; where they do not wait for each other and have a core each,
// the figure falls with their number.
static double timeCalls(const std::vector<void *> &encoders) {
  const unsigned long each = kCalls / encoders.size();
  const clockid_t clock = encoders.size() == 1 ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC;
  const double started = readNanoseconds(clock);
  if (encoders.size() == 1) {
    sendWork(encoders[0], each);
  } else {
    std::vector<std::thread> threads;
    for (void *encoder : encoders) threads.emplace_back([=] { sendWork(encoder, each); });
    for (std::thread &thread : threads) thread.join();
  }
  return (readNanoseconds(clock) - started) / double(each * encoders.size());
}

static double timeMutex() {
  static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  const double started = readNanoseconds(CLOCK_THREAD_CPUTIME_ID);
  for (unsigned long i = 0; i < kCalls; ++i) {
    if (pthread_mutex_trylock(&mutex) == 0) pthread_mutex_unlock(&mutex);
  }
  return (readNanoseconds(CLOCK_THREAD_CPUTIME_ID) - started) / double(kCalls);
}

static double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

static std::string describe(const char *name, unsigned threads, double plain, double guarded) {
  char text[160];
  snprintf(text, sizeof text, "{\"case\":\"%s\",\"threads\":%u,\"plain\":%.2f,\"protected\":%.2f}", name, threads, plain, guarded);
  return text;
}

static std::string measure(const char *name, unsigned threads, bool isShared) {
  std::vector<void *> plain, guarded;
  for (unsigned i = 0; i < threads; ++i) {
    plain.push_back(isShared && i > 0 ? plain[0] : makePlainEncoder());
    guarded.push_back(isShared && i > 0 ? guarded[0] : makeProtectedEncoder());
  }
  std::vector<double> plainTimes, guardedTimes;
  for (int round = 0; round < kRounds; ++round) {
    plainTimes.push_back(timeCalls(plain));
    guardedTimes.push_back(timeCalls(guarded));
  }
  return describe(name, threads, median(plainTimes), median(guardedTimes));
}

static bool isFixActive() {
  const auto isActive = reinterpret_cast<int (*)()>(dlsym(RTLD_DEFAULT, "agx_fix_is_active"));
  return isActive != nullptr && isActive() != 0;
}

int main() {
  if (!isFixActive()) {
    fprintf(stderr, "bench: the fix is not in this process\n");
    return 2;
  }
  std::string cases = measure("uncontended", 1, false);
  for (unsigned threads : {2u, 4u, 8u}) cases += "," + measure("distinct", threads, false);
  for (unsigned threads : {2u, 4u, 8u}) cases += "," + measure("shared", threads, true);
  std::vector<double> mutex;
  for (int round = 0; round < kRounds; ++round) mutex.push_back(timeMutex());
  printf("{\"cores\":%ld,\"mutex\":%.2f,\"cases\":[%s]}\n", sysconf(_SC_NPROCESSORS_ONLN), median(mutex), cases.c_str());
  return 0;
}
