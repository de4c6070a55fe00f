// How a smoke program dies: by the real signal, after one JSON line on stderr that names the fault.
#pragma once

#define SMOKE_HANGS 75

namespace smoke {

/// Reports SIGSEGV and SIGBUS and lets them kill the process; ends it with SMOKE_HANGS when it runs
/// longer than `seconds`. Under AddressSanitizer the signals are left to the sanitizer.
void installCrashHandler(unsigned seconds);

}  // namespace smoke
