// See fix-driver.h.
#include "smoke/fix-driver.h"

#include <objc/objc.h>
#include <objc/runtime.h>
#include <stdlib.h>

struct SmokeImpl {
  unsigned long fields[64];
};

__attribute__((objc_root_class)) @interface SmokeObject {
  Class isa;
  long _references;
}
+ (id)new;
- (id)retain;
- (void)release;
- (void)dealloc;
@end

@implementation SmokeObject
+ (void)initialize {}
+ (id)new {
  SmokeObject *object = (SmokeObject *)class_createInstance((Class)self, 0);
  object->_references = 1;
  return object;
}
- (id)retain { ++_references; return self; }
- (void)release { if (--_references == 0) [self dealloc]; }
- (void)dealloc { free(self); }
@end

@interface SmokeContext : SmokeObject {
@public
  SmokeImpl *_impl;
}
- (void)destroyImpl;
@end

@implementation SmokeContext
+ (id)new {
  SmokeContext *context = (SmokeContext *)[super new];
  context->_impl = (SmokeImpl *)calloc(1, sizeof(SmokeImpl));
  context->_impl->fields[5] = 7;
  return context;
}
- (void)endEncoding { [self destroyImpl]; }
- (void)destroyImpl { free(_impl); _impl = NULL; }
- (void)dealloc { ++own_driver::encodersGone; [self destroyImpl]; [super dealloc]; }
@end

@interface AGXSmokeComputeContext : SmokeContext
- (unsigned long)dispatchType;
- (void)setLabel:(id)label;
- (void)updateFence:(id)fence;
- (void)deferredEndEncoding;
@end

@implementation AGXSmokeComputeContext
- (unsigned long)dispatchType { return ((volatile SmokeImpl *)_impl)->fields[5]; }
- (void)setLabel:(id)label { (void)label; if (own_driver::whenCalled) own_driver::whenCalled(); }
- (void)updateFence:(id)fence { (void)fence; ++own_driver::fencesOfParent; }
- (void)deferredEndEncoding { if (own_driver::whenCalled) own_driver::whenCalled(); [self destroyImpl]; }
@end

// Two more classes of compute encoders, beside the first and each other, with none below them.
@interface AGXSmokeOtherComputeContext : SmokeContext
- (void)updateFence:(id)fence;
@end

@implementation AGXSmokeOtherComputeContext
- (void)updateFence:(id)fence { (void)fence; ++own_driver::fencesOfOther; }
@end

@interface AGXSmokeThirdComputeContext : SmokeContext
- (void)updateFence:(id)fence;
@end

@implementation AGXSmokeThirdComputeContext
- (void)updateFence:(id)fence { (void)fence; ++own_driver::fencesOfThird; }
@end

@interface AGXSmokeChildComputeContext : AGXSmokeComputeContext
@end

@implementation AGXSmokeChildComputeContext
- (void)updateFence:(id)fence { ++own_driver::fencesOfChild; [super updateFence:fence]; }
@end

@interface AGXSmokeGrandchildComputeContext : AGXSmokeChildComputeContext
@end

@implementation AGXSmokeGrandchildComputeContext
- (void)updateFence:(id)fence { ++own_driver::fencesOfGrandchild; [super updateFence:fence]; }
@end

// One more below these, of a name that says nothing.
@interface SmokeFourthOfALine : AGXSmokeGrandchildComputeContext
@end

@implementation SmokeFourthOfALine
- (void)updateFence:(id)fence { ++own_driver::fencesOfFourth; [super updateFence:fence]; }
@end

// Named as an encoder, and none.
@interface AGXSmokeNoComputeContext : SmokeObject
@end

@implementation AGXSmokeNoComputeContext
@end

// An encoder without an impl of that name.
@interface SmokeWithoutImpl : SmokeObject
- (void)updateFence:(id)fence;
@end

@implementation SmokeWithoutImpl
- (void)updateFence:(id)fence { (void)fence; ++own_driver::fencesOfParent; }
@end

// In use before anything can be hooked: the runtime sends +load while it registers the classes.
static id early = nil;

@interface SmokeEarly : AGXSmokeComputeContext
@end

@implementation SmokeEarly
+ (void)load { early = [SmokeEarly new]; }
@end

@interface AGXSmokeBlitContext : SmokeContext
@end

@implementation AGXSmokeBlitContext
@end

@interface SmokeOddlyNamed : SmokeContext
- (void)setRenderPipelineState:(id)state;
@end

@implementation SmokeOddlyNamed
- (void)setRenderPipelineState:(id)state { (void)state; (void)((volatile SmokeImpl *)_impl)->fields[5]; }
@end

// No driver's class, with a method of the same name.
@interface SmokeBystander : SmokeObject
- (id)computeCommandEncoder;
@end

@implementation SmokeBystander
- (id)computeCommandEncoder { return self; }
@end

@interface AGXSmokeCommandBuffer : SmokeObject
- (id)computeCommandEncoder;
- (id)computeCommandEncoderWithDescriptor:(id)encoder;
- (id)renderCommandEncoderWithDescriptor:(id)descriptor;
@end

@implementation AGXSmokeCommandBuffer
- (id)computeCommandEncoder { return [AGXSmokeComputeContext new]; }
- (id)computeCommandEncoderWithDescriptor:(id)encoder { return encoder; }
- (id)renderCommandEncoderWithDescriptor:(id)descriptor { (void)descriptor; return [SmokeOddlyNamed new]; }
@end

namespace own_driver {

void (*whenCalled)() = nullptr;
long fencesOfParent = 0, fencesOfChild = 0, fencesOfGrandchild = 0, fencesOfFourth = 0, fencesOfOther = 0, fencesOfThird = 0, encodersGone = 0;

Object makeBuffer() { return [AGXSmokeCommandBuffer new]; }
bool reachBystander() {
  const id bystander = class_createInstance((Class)objc_lookUpClass("SmokeBystander"), 0);
  return [(SmokeBystander *)bystander computeCommandEncoder] == bystander;
}
Object makeCompute(Object buffer) { return [(AGXSmokeCommandBuffer *)buffer computeCommandEncoder]; }
Object makeAgain(Object buffer, Object encoder) { return [(AGXSmokeCommandBuffer *)buffer computeCommandEncoderWithDescriptor:(id)encoder]; }
Object makeOdd(Object buffer) { return [(AGXSmokeCommandBuffer *)buffer renderCommandEncoderWithDescriptor:nil]; }
void forgetImpl(Object encoder) { ((SmokeContext *)encoder)->_impl = NULL; }
unsigned long readDispatchType(Object encoder) { return [(AGXSmokeComputeContext *)encoder dispatchType]; }
void callBack(Object encoder) { [(AGXSmokeComputeContext *)encoder setLabel:nil]; }
void useOdd(Object encoder) { [(SmokeOddlyNamed *)encoder setRenderPipelineState:nil]; }
Object findEarly() { return early; }
Object makeFourth() { return [SmokeFourthOfALine new]; }
Object makeOther() { return [AGXSmokeOtherComputeContext new]; }
Object makeThird() { return [AGXSmokeThirdComputeContext new]; }
void endDeferred(Object encoder) { [(AGXSmokeComputeContext *)encoder deferredEndEncoding]; }
Object makeWithoutImpl() { return [SmokeWithoutImpl new]; }
Object makeGrandchild() { return [AGXSmokeGrandchildComputeContext new]; }
void updateFence(Object encoder) { [(AGXSmokeComputeContext *)encoder updateFence:nil]; }

}  // namespace own_driver
