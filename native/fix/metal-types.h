// The values that Metal's methods take, laid out as its public headers say. They are passed on unread,
// and by value, so their sizes and the registers they travel in have to be right.
#pragma once

#include <objc/objc.h>
#include <stdint.h>

namespace agx_fix {

/// NSUInteger, also what enumerations and options are.
typedef unsigned long Word;
/// NSInteger.
typedef long SignedWord;

/// MTLSize, MTLOrigin, MTLRegion.
struct Size {
  Word width, height, depth;
};
struct Origin {
  Word x, y, z;
};
struct Region {
  Origin origin;
  Size size;
};

/// NSRange.
struct Range {
  Word location, length;
};

/// MTLViewport.
struct Viewport {
  double originX, originY, width, height, znear, zfar;
};

/// MTLScissorRect.
struct ScissorRect {
  Word x, y, width, height;
};

}  // namespace agx_fix
