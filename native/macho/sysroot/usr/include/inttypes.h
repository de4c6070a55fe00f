// Formats of the 64-bit integers; `long long` is what they are on macOS.
#pragma once

#include <stdint.h>

#define PRIu64 "llu"
#define PRId64 "lld"
#define PRIx64 "llx"
