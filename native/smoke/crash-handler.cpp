// Only async-signal-safe calls: write, sigaction, raise, nanosleep, pause, _exit.
#include "smoke/crash-handler.h"

#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

namespace smoke {

static void put(const char *text) {
  if (write(STDERR_FILENO, text, strlen(text)) < 0) _exit(SMOKE_HANGS);
}

static void putHex(uintptr_t value) {
  char digits[2 * sizeof value + 1];
  char *next = digits + sizeof digits - 1;
  *next = 0;
  do {
    *--next = "0123456789abcdef"[value % 16];
    value /= 16;
  } while (value != 0);
  put(next);
}

// What crashes has often raced before, and ThreadSanitizer may be in the middle of saying so in another
// thread; it then ends the process itself.
static void awaitSanitizer() {
#if defined(__SANITIZE_THREAD__)
  timespec rest = {2, 0};
  nanosleep(&rest, nullptr);
#endif
}

// The first thread that faults speaks for all; the others wait for the end.
static void reportFault(int signal, siginfo_t *info, void *) {
  static int isReporting = 0;
  while (__atomic_exchange_n(&isReporting, 1, __ATOMIC_RELAXED) != 0) pause();
  awaitSanitizer();
  put(signal == SIGSEGV ? "{\"signal\":\"SIGSEGV\",\"faultAddress\":\"0x" : "{\"signal\":\"SIGBUS\",\"faultAddress\":\"0x");
  putHex(reinterpret_cast<uintptr_t>(info->si_addr));
  put("\"}\n");
  struct sigaction byDefault = {};
  byDefault.sa_handler = SIG_DFL;
  sigaction(signal, &byDefault, nullptr);
  raise(signal);
}

static void reportHang(int) {
  put("{\"hang\":true}\n");
  _exit(SMOKE_HANGS);
}

static unsigned readSeconds() {
  const char *chosen = getenv("SMOKE_SECONDS");
  const int seconds = chosen == nullptr ? 0 : atoi(chosen);
  return seconds > 0 ? unsigned(seconds) : SMOKE_SECONDS;
}

void installCrashHandler() {
  struct sigaction action = {};
  action.sa_handler = reportHang;
  sigaction(SIGALRM, &action, nullptr);
  alarm(readSeconds());
#if !defined(__SANITIZE_ADDRESS__)
  action.sa_flags = SA_SIGINFO;
  action.sa_sigaction = reportFault;
  sigaction(SIGSEGV, &action, nullptr);
  sigaction(SIGBUS, &action, nullptr);
#else
  (void)reportFault;
#endif
}

}  // namespace smoke
