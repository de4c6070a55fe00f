// The interface of the fix is declared weak: the same source makes the host library without the fix.
#include "host/host-app.h"

#include <objc/objc.h>
#include <objc/runtime.h>

#include <thread>
#include <vector>

#include "fix/agx_fix.h"

#pragma weak agx_fix_is_active
#pragma weak agx_fix_count_hooks
#pragma weak agx_fix_read_statistics

namespace host_app {

struct Size {
  unsigned long width, height, depth;
};

// Sends a message as the C runtime allows it everywhere: looks the method up, casts it, calls it.
template <typename Result, typename... Arguments>
static Result send(id object, const char *name, Arguments... arguments) {
  const SEL selector = sel_registerName(name);
  const IMP method = class_getMethodImplementation(object_getClass(object), selector);
  typedef Result (*Function)(id, SEL, Arguments...);
  return reinterpret_cast<Function>(reinterpret_cast<void (*)(void)>(method))(object, selector, arguments...);
}

static id makeCommandBuffer() {
  return send<id>(id(objc_lookUpClass("AGXG16XFamilyCommandBuffer")), "new");
}

static void dispatch(id encoder) {
  const Size size = {32, 1, 1};
  send<void>(encoder, "dispatchThreads:threadsPerThreadgroup:", size, size);
}

static void workInOneThread(int rounds) {
  for (int round = 0; round < rounds; ++round) {
    const id buffer = makeCommandBuffer();
    const id encoder = send<id>(buffer, "computeCommandEncoder");
    for (int i = 0; i < 3; ++i) dispatch(encoder);
    send<void>(encoder, "endEncoding");
    send<void>(buffer, "commit");
    send<void>(buffer, "release");
  }
}

}  // namespace host_app

using namespace host_app;

void host_app_dispatch_after_end(void) {
  const id encoder = send<id>(makeCommandBuffer(), "computeCommandEncoder");
  send<void>(encoder, "endEncoding");
  dispatch(encoder);
}

void host_app_work(int threads, int rounds) {
  std::vector<std::thread> workers;
  for (int i = 0; i < threads; ++i) workers.emplace_back(workInOneThread, rounds);
  for (std::thread &worker : workers) worker.join();
}

struct host_app_facts host_app_read_facts(void) {
  host_app_facts facts = {};
  if (agx_fix_is_active == nullptr) return facts;
  agx_fix_statistics all = {};
  all.size = sizeof all;
  agx_fix_read_statistics(&all);
  facts.active = agx_fix_is_active() != AGX_FIX_INACTIVE;
  facts.hooks = agx_fix_count_hooks();
  facts.skips = all.skips;
  facts.guarded_calls = all.guarded_calls;
  facts.retained = all.retained;
  return facts;
}
