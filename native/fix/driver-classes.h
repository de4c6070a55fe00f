// The driver's classes: what kinds there are, how each is recognised by name, and which rows it gets.
#pragma once

#include <objc/objc.h>
#include <objc/runtime.h>

namespace agx_fix {

enum class Kind {
  CommandBuffer,
  MpsCommandBuffer,
  Compute,
  Blit,
  Render,
  ParallelRender,
  ResourceState,
  AccelerationStructure,
  Count_
};

/// Name of a kind in reports.
const char *nameOf(Kind kind);
/// The kind that a class has by its name and its methods; Kind::Count_ when it is none of the driver's.
Kind recogniseKind(Class cls);

/// A class that was found, in the order of finding. The record is only ever appended to.
struct FoundClass {
  Class cls;
  Kind kind;
  long implOffset;
  bool hasDestroyImpl;
};
unsigned countFoundClasses();
const FoundClass &foundClass(unsigned index);

/// Hooks the rows of `kind` in `cls`, unless that was done. Needs the installation lock.
void hookClass(Class cls, Kind kind);
/// True when the rows of `kind` were hooked in `cls`. Needs no lock.
bool isHookedClass(Class cls, Kind kind);
/// Methods that were found and could not be hooked: another number of arguments, or no room.
unsigned countRefusedMethods();

}  // namespace agx_fix
