// A second driver, of a few lines: what agx_sim does not offer. Its classes are recognised by name, but for the
// one that its render factory returns, whose name says nothing.
#pragma once

namespace own_driver {

typedef void *Object;

/// An AGXSmokeCommandBuffer with one reference.
Object makeBuffer();
/// True when an object of no driver's class, whose class never got a message, is reached by one that has the name
/// of a factory.
bool reachBystander();
/// An AGXSmokeComputeContext.
Object makeCompute(Object buffer);
/// A factory that returns an encoder which is there already, whichever buffer made it.
Object makeAgain(Object buffer, Object encoder);
/// Encoders that were deallocated.
extern long encodersGone;
/// An object of class SmokeOddlyNamed.
Object makeOdd(Object buffer);
/// Takes `_impl` away, as the end of an encoder does.
void forgetImpl(Object encoder);

/// -dispatchType: reads a field of the impl and returns it; 7 while there is one.
unsigned long readDispatchType(Object encoder);
/// -setLabel:, which calls what `whenCalled` points to, from inside the driver's body.
void callBack(Object encoder);
extern void (*whenCalled)();
/// -deferredEndEncoding, which calls the same before it sends -destroyImpl.
void endDeferred(Object encoder);
/// -setRenderPipelineState: of the oddly named class: reads a field of the impl.
void useOdd(Object encoder);
/// An object of a class below AGXSmokeComputeContext that was in use before anything was hooked.
Object findEarly();
/// -updateFence: of an AGXSmokeComputeContext, of a class below it that overrides it and calls super, and of a
/// class below that which does the same: each counts.
Object makeGrandchild();
void updateFence(Object encoder);
extern long fencesOfParent, fencesOfChild, fencesOfGrandchild;
/// An object of a class that is one more below, and overrides it as well; hooked once a factory returns it.
Object makeFourth();
extern long fencesOfFourth;
/// Objects of two more classes of compute encoders, whose -updateFence: count by themselves.
Object makeOther();
Object makeThird();
extern long fencesOfOther, fencesOfThird;
/// An encoder whose class has no ivar `_impl`; -updateFence: counts with the parent's. Hooked as above.
Object makeWithoutImpl();

}  // namespace own_driver
