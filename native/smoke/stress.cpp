// stress <mix> [--seed N] [--threads T] [--rounds R | --seconds S]: plays rounds and prints one JSON line
// when it begins and one when it has ended, so that the seed is known whatever the process dies of. The
// same seed, threads and rounds give each thread the same operations again.
// Exit codes: 0 ended, 2 wrong arguments, 75 hangs; or it dies of a signal or a sanitizer's report.
#include "smoke/stress.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <random>
#include <thread>
#include <vector>

#include "smoke/crash-handler.h"

namespace smoke {

struct Wish {
  const StressMix *mix = nullptr;
  uint32_t seed = 0;
  unsigned threads = 4;
  unsigned rounds = 100;
  unsigned seconds = 0;  // when given, as many rounds as fit
};

Draws::Draws(uint32_t seed, unsigned thread) : state((uint64_t(thread) + 1) << 32 | seed) {}

unsigned Draws::below(unsigned bound) {
  uint64_t mixed = state += 0x9e3779b97f4a7c15u;
  mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9u;
  mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111ebu;
  const unsigned result = unsigned((mixed ^ mixed >> 31) % bound);
  drawn = (drawn ^ result) * 0x100000001b3u + 1;
  return result;
}

static bool readWish(int count, char **arguments, Wish &wish) {
  const StressMix *mix = stressMixes;
  while (mix->name != nullptr && (count < 2 || strcmp(mix->name, arguments[1]) != 0)) ++mix;
  wish.mix = mix->name == nullptr ? nullptr : mix;
  wish.seed = std::random_device()();
  for (int i = 2; i + 1 < count; i += 2) {
    const uint32_t value = uint32_t(strtoul(arguments[i + 1], nullptr, 10));
    if (strcmp(arguments[i], "--seed") == 0) wish.seed = value;
    else if (strcmp(arguments[i], "--threads") == 0) wish.threads = value;
    else if (strcmp(arguments[i], "--rounds") == 0) wish.rounds = value;
    else if (strcmp(arguments[i], "--seconds") == 0) wish.seconds = value;
    else return false;
  }
  return wish.mix != nullptr && count % 2 == 0 && wish.threads > 0 && wish.rounds > 0;
}

// Relaxed: the gate makes threads start together and orders nothing that they do.
static void passGate(unsigned &waiting) {
  __atomic_sub_fetch(&waiting, 1, __ATOMIC_RELAXED);
  while (__atomic_load_n(&waiting, __ATOMIC_RELAXED) != 0) sched_yield();
}

static void playRound(const StressMix &mix, std::vector<Draws> &draws) {
  void *round = mix.begin(unsigned(draws.size()));
  unsigned waiting = unsigned(draws.size());
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < draws.size(); ++i)
    threads.emplace_back([&, i] {
      passGate(waiting);
      for (unsigned k = 0; k < mix.operations; ++k) mix.act(round, i, k, draws[i]);
    });
  for (std::thread &thread : threads) thread.join();
  mix.finish(round);
}

static unsigned playRounds(const Wish &wish, std::vector<Draws> &draws) {
  const time_t begun = time(nullptr);
  unsigned rounds = 0;
  while (wish.seconds == 0 ? rounds < wish.rounds : time(nullptr) - begun < time_t(wish.seconds)) {
    playRound(*wish.mix, draws);
    ++rounds;
  }
  return rounds;
}

static ReportLine describe(const Wish &wish, bool isFinished, unsigned rounds) {
  ReportLine report;
  report.addText("stress", wish.mix->name);
  report.addNumber("seed", wish.seed);
  report.addNumber("threads", wish.threads);
  report.addNumber("rounds", rounds);
  report.addNumber("finished", isFinished);
  return report;
}

static void run(const Wish &wish) {
  describe(wish, false, wish.seconds == 0 ? wish.rounds : 0).print();
  std::vector<Draws> draws;
  for (unsigned i = 0; i < wish.threads; ++i) draws.emplace_back(wish.seed, i);
  ReportLine report = describe(wish, true, playRounds(wish, draws));
  std::string digest;
  for (const Draws &each : draws) digest += (digest.empty() ? "" : " ") + std::to_string(each.digest());
  report.addText("digest", digest);
  addStressReport(report);
  report.print();
}

static int refuse() {
  fprintf(stderr, "stress: expected a mix, and --seed N, --threads T, --rounds R or --seconds S; mixes:");
  for (const StressMix *mix = stressMixes; mix->name != nullptr; ++mix) fprintf(stderr, " %s", mix->name);
  fprintf(stderr, "\n");
  return 2;
}

}  // namespace smoke

int main(int count, char **arguments) {
  smoke::Wish wish;
  if (!smoke::readWish(count, arguments, wish)) return smoke::refuse();
  smoke::installCrashHandler();
  smoke::run(wish);
}
