// A host library: one that applications load anyway, with the fix compiled in. It does what such a
// library does with the driver, in plain C++ on the Objective-C C runtime interface.
#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define HOST_APP_API __attribute__((visibility("default")))

/// What the host library knows about the fix in it, and what happened so far.
struct host_app_facts {
  int active;              ///< agx_fix_is_active
  uint64_t hooks;          ///< agx_fix_count_hooks
  uint64_t skips;          ///< calls that the fix did not pass on
  uint64_t guarded_calls;  ///< calls that went through the fix
  uint64_t retained;       ///< references that the fix took
};

/// Ends an encoder and dispatches on it: a fault in the driver, unless the fix is there.
HOST_APP_API void host_app_dispatch_after_end(void);
/// `threads` threads at once, each `rounds` times: a command buffer, an encoder, three dispatches, commit.
HOST_APP_API void host_app_work(int threads, int rounds);
/// All zero where the fix is not compiled in.
HOST_APP_API struct host_app_facts host_app_read_facts(void);

#ifdef __cplusplus
}
#endif
