// What dlopen finds for whom.
#pragma once

namespace agx_fix {

/// Opens `path` with `open`, and finds what `open` would have found for the object that has `caller` in it: a
/// name without a path is looked for along the run path of who asks, and here that would be this library.
void *openForCaller(void *(*open)(const char *, int), const char *path, int mode, const void *caller);

}  // namespace agx_fix
