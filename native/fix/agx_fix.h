// C interface of libagx_fix. All functions may be called from any thread at any time, also while the
// fix is disabled; none of them fails, allocates or takes the guard.
//
// Environment: AGX_FIX_DISABLE turns the fix off when it is set to anything but "", "0", "no",
// "off" or "false". It is read once, when the library loads.
#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define AGX_FIX_API __attribute__((visibility("default")))

/// Counts since the library was loaded; each is exact, but two are not read at the same instant.
struct agx_fix_statistics {
  uint64_t skips;               ///< calls not passed on because the encoder's `_impl` was NULL
  uint64_t retained;            ///< references the fix took on encoders
  uint64_t released;            ///< references the fix gave back
  uint64_t tracked;             ///< encoders in the table now
  uint64_t untracked_calls;     ///< guarded calls on an encoder that is not in the table
  uint64_t untracked_encoders;  ///< encoders not tracked because memory ran out
  uint64_t guarded_calls;       ///< calls that went through a hook which takes the guard
  uint64_t contentions;         ///< times the guard was held by another thread
};

/// Fills `out`, which must not be null.
AGX_FIX_API void agx_fix_read_statistics(struct agx_fix_statistics *out);

/// 1 when at least one method of a driver class is hooked, else 0.
AGX_FIX_API int agx_fix_is_active(void);

/// Number of (class, selector) pairs that are hooked.
AGX_FIX_API uint64_t agx_fix_count_hooks(void);

#ifdef __cplusplus
}
#endif
