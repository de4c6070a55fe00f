// Preloaded: malloc fails while it is told to, for the thread that tells. What the driver and the runtime
// allocate comes from calloc, which goes on.
#include <stddef.h>

#define SMOKE_API extern "C" __attribute__((visibility("default")))

extern "C" void *__libc_malloc(size_t size);

static __thread int forbidden = 0;

SMOKE_API void smoke_forbid_memory(int on) { forbidden = on; }

SMOKE_API void *malloc(size_t size) { return forbidden ? nullptr : __libc_malloc(size); }
