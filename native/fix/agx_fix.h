// C interface of libagx_fix, version 1.
//
// Thread-safety: every function may be called from any thread at any time, also from inside a guarded
// call, while the fix is disabled, and before a driver is loaded. None takes the guard or any other
// lock, allocates, prints, or changes what the fix does. They are not for signal handlers.
// Compatibility: a struct grows at its end only, and says how much of it was filled. What would break a
// caller raises AGX_FIX_API_VERSION.
//
// Environment, read once when the library loads. Yes is "1", "yes", "on", "true"; no is "", "0", "no",
// "off", "false"; of anything else one line on stderr says so, and the default stays.
//   AGX_FIX_DISABLE  yes: no method is hooked. Default no.
//   AGX_FIX_VERBOSE  yes: says on stderr what was hooked, and at exit what was counted. Default no.
//   AGX_FIX_REPORT   path of a file to which lines of JSON are appended: when the library loads, when
//                    methods were hooked, and when the process ends by exit. A path that does not begin at the
//                    root begins at the folder that is current at load. Default: none is written. What
//                    cannot be written, or is a pipe that nobody reads, is said once on stderr.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define AGX_FIX_API __attribute__((visibility("default")))

#define AGX_FIX_API_VERSION 1

/// What agx_fix_is_active returns.
#define AGX_FIX_INACTIVE 0
#define AGX_FIX_ACTIVE 1
#define AGX_FIX_PARTLY_ACTIVE 2

/// Counts since the library was loaded, in calls, encoders or references as said; they wrap at 2^64.
/// Each is exact once no thread is inside a hook; two of them are not read at the same instant.
struct agx_fix_statistics {
  uint32_t version;  ///< AGX_FIX_API_VERSION of the library that filled the struct
  uint32_t size;     ///< in: bytes the caller has room for; out: bytes that were filled

  uint64_t guarded_calls;       ///< calls that went through a hook which takes the guard
  uint64_t contentions;         ///< of these, calls that found the guard held by another thread
  uint64_t skips;               ///< calls not passed on because the encoder's `_impl` was NULL
  uint64_t retained;            ///< references the fix took on encoders
  uint64_t released;            ///< references the fix gave back
  uint64_t tracked;             ///< encoders in the table now
  uint64_t reused_encoders;     ///< times a factory returned an encoder that was in the table already
  uint64_t untracked_encoders;  ///< encoders left untracked: no memory, or of an untracked parallel encoder

  // Monitors of assumptions on callers and driver (workbench.json). Not zero: it was broken, or, where
  // so said, relied on. Zero is no proof that it holds: what passes no hook is not seen.
  uint64_t untracked_calls;         ///< A-HOOKED, A-LIVE: guarded calls on an encoder not in the table
  uint64_t over_released;           ///< A-LIVE: encoders deallocated while the fix held a reference
  uint64_t calls_in_flight;         ///< A-LIVE: calls under way on a command buffer's encoders at its dealloc, of 64 at most
  uint64_t foreign_calls;           ///< A-OWNED: calls by another thread than the encoder's creator
  uint64_t calls_after_end;         ///< A-OWNED: calls on an encoder that was ended or whose buffer was committed
  uint64_t overlapping_buffer_calls;  ///< A-SERIAL: pairs of factory or commit calls of one buffer that overlap
  uint64_t uncommitted_buffers;     ///< A-COMMIT: buffers with encoders in the table deallocated uncommitted
  uint64_t reinitialised_in_destroy;  ///< A-NOREINIT: encoders returned again while a destroyImpl was under way
  uint64_t null_destroys;           ///< A-NULLDESTROY, relied on: destroyImpl calls on NULL that returned
  uint64_t oldest_tracked_ms;       ///< A-STOP: milliseconds since the oldest encoder in the table was made; 0 if none
};

/// Version of the interface that the loaded library has. Never fails.
AGX_FIX_API uint32_t agx_fix_api_version(void);

/// Fills `out` as far as `out->size`, which the caller sets to the room it has, in bytes, and sets `version`
/// and `size`. Returns 0; or -1, and then nothing is written, when `out` is null or `out->size` is
/// smaller than the two leading fields.
AGX_FIX_API int agx_fix_read_statistics(struct agx_fix_statistics *out);

/// AGX_FIX_INACTIVE when no method is hooked. AGX_FIX_ACTIVE when methods are hooked and nothing that was
/// expected of the driver is missing so far. AGX_FIX_PARTLY_ACTIVE when methods are hooked, and a class, an
/// `_impl` or a method was not found: agx_fix_describe_hooks lists it. Never fails.
AGX_FIX_API int agx_fix_is_active(void);

/// Number of (class, selector) pairs that are hooked. Never fails.
AGX_FIX_API uint64_t agx_fix_count_hooks(void);

/// Writes a JSON object: `classes`, each with name, kind, the offset of `_impl` in bytes (null: none) and
/// hooked selectors; `missing`, what was not found. Like snprintf: at most `size` bytes are written, the
/// last of them a zero; returns the length of the whole text in bytes, without the zero. `buffer` may be
/// null when `size` is 0. The text may be longer in a later call, never shorter.
AGX_FIX_API size_t agx_fix_describe_hooks(char *buffer, size_t size);

#ifdef __cplusplus
}
#endif
