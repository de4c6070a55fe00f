// Real message sends and classes; see bench-driver.h.
#include "bench/bench-driver.h"

#include <objc/objc.h>
#include <objc/runtime.h>
#include <stdlib.h>

__attribute__((objc_root_class)) @interface BenchObject {
  Class isa;
  unsigned long *_impl;
  unsigned long _count;
}
+ (id)new;
- (id)retain;
- (void)release;
- (void)dealloc;
@end

@implementation BenchObject
+ (void)initialize {}
+ (id)new {
  BenchObject *object = (BenchObject *)class_createInstance((Class)self, 0);
  object->_impl = &object->_count;
  return object;
}
- (id)retain { return self; }
- (void)release {}
- (void)dealloc { free(self); }
@end

#define WORK                                                                                       \
  -(void)setBufferOffset : (unsigned long)offset atIndex : (unsigned long)index {                  \
    const unsigned long seen = __atomic_load_n(_impl, __ATOMIC_RELAXED);                           \
    __atomic_store_n(_impl, seen + offset + index, __ATOMIC_RELAXED);                              \
  }

@interface BenchPlainContext : BenchObject
- (void)setBufferOffset:(unsigned long)offset atIndex:(unsigned long)index;
@end

@implementation BenchPlainContext
WORK
@end

@interface AGXBenchComputeContext : BenchObject
@end

@implementation AGXBenchComputeContext
WORK
- (void)endEncoding {}
- (void)destroyImpl {}
@end

@interface AGXBenchBlitContext : BenchObject
@end

@implementation AGXBenchBlitContext
- (void)endEncoding {}
- (void)destroyImpl {}
@end

@interface AGXBenchCommandBuffer : BenchObject
- (id)computeCommandEncoder;
@end

@implementation AGXBenchCommandBuffer
- (id)computeCommandEncoder { return [AGXBenchComputeContext new]; }
@end

void *makeProtectedEncoder() { return [[AGXBenchCommandBuffer new] computeCommandEncoder]; }

void *makePlainEncoder() { return [BenchPlainContext new]; }

void sendWork(void *encoder, unsigned long calls) {
  for (unsigned long i = 0; i < calls; ++i) [(BenchPlainContext *)encoder setBufferOffset:i atIndex:1];
}
