// C interface of the simulated driver: which variant to run, and what it saw happen.
// The environment gives the same choices: AGX_SIM_LAYOUT, AGX_SIM_COALESCE (1 = a factory may return
// the previous compute encoder again).
//
// Two libraries have this interface: libagx_sim, and libagx_sim_partial, a driver with parts missing. The
// latter has no class AGXG16XFamilyBlitContext and no factories for it, and in its render, parallel render,
// resource state and acceleration structure encoders no ivar is called `_impl`. Load one of the two.
//
// Things a fix has to cope with here: the same selector has another implementation in each class;
// AGXG16XFamilyAccelerationStructureContext is a subclass of AGXG16XFamilyResourceStateContext, whose
// updateFence: it overrides and calls; `endEncoding` and `dealloc` of a parallel render encoder do the same;
// MPSCommandBuffer's factories and events reach the driver without a message to the buffer it wraps, while
// its commit sends one.
#pragma once

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#define AGX_SIM_API __attribute__((visibility("default")))

/// Counts since load. Every field but the first five counts something that must not happen.
struct agx_sim_report {
  long live_encoders;         ///< encoder objects allocated and not deallocated
  long live_impls;            ///< impls allocated and not freed
  long pooled_impls;          ///< entries of the freelist
  long owned_impls;           ///< impls that some live encoder's `_impl` points to, once for each encoder
  long works;                 ///< work bodies that reached their end
  long overlaps;              ///< work, end or destroy bodies entered while another thread was in one
  long command_buffer_races;  ///< factory or commit entered while another thread was in it, same buffer
  long aliases;               ///< work bodies that found their impl owned by another encoder
  long race_windows;          ///< unlocks by a destroyer whose `_impl` still was the impl it gave away
  long pool_faults;           ///< pushes beyond the capacity, of a pooled impl, or frees of a pooled one
  long lock_faults;           ///< freelist used or unlocked by a non-holder; destroyImpl left holding
};

/// Fills `out`. Exact when no other thread is inside the driver. Takes no lock.
AGX_SIM_API void agx_sim_read_report(struct agx_sim_report *out);
/// Chooses destroyImpl's layout by name; 0 when there is no such layout.
AGX_SIM_API int agx_sim_choose_layout(const char *name);
/// Turns coalescing on or off.
AGX_SIM_API void agx_sim_choose_coalescing(int on);
/// Makes factories return nil, as a driver does that has run out of something.
AGX_SIM_API void agx_sim_choose_refusal(int on);
/// Gives the memory of a deallocated object to the next new one of its size, as an allocator may.
AGX_SIM_API void agx_sim_choose_reuse(int on);
/// Makes work methods, ends, factories, commits and events throw a C++ exception once they have done half
/// of what they do. The encoder stays usable.
AGX_SIM_API void agx_sim_choose_throwing(int on);
/// The field that the calling thread's latest work method read, and the digest (arguments.h) of what the
/// method was called with.
AGX_SIM_API void agx_sim_read_work(unsigned long *field, unsigned long *digest);
/// Writes a JSON object to `buffer`, cut off at `size`: each class of the driver that has instances, with the
/// sorted array of the selectors that they respond to. Returns the length of the whole text, without the final NUL.
AGX_SIM_API size_t agx_sim_describe_classes(char *buffer, size_t size);
/// Puts fresh impls into the freelist until it is full.
AGX_SIM_API void agx_sim_fill_pool(void);
/// Reference count of an object of the driver.
AGX_SIM_API long agx_sim_count_references(const void *object);
/// 1 when both encoders have an impl and it is the same one.
AGX_SIM_API int agx_sim_share_impl(const void *first, const void *second);

#ifdef __cplusplus
}
#endif
