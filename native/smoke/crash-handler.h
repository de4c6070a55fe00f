// How a smoke program dies: by the real signal, after one JSON line on stderr that names the fault.
#pragma once

#define SMOKE_HANGS 75
#define SMOKE_SECONDS 10

namespace smoke {

/// Reports SIGSEGV and SIGBUS and lets them kill the process; ends it with SMOKE_HANGS when it runs
/// longer than SMOKE_SECONDS, or than the environment's variable of that name says. Under AddressSanitizer the signals are left to the sanitizer.
void installCrashHandler();

}  // namespace smoke
