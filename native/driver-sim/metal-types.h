// The values that Metal's methods take, laid out as its public headers say.
#pragma once

namespace agx_sim {

/// NSUInteger, also what enumerations and options are.
typedef unsigned long Word;

/// MTLSize.
struct Size {
  Word width, height, depth;
};

/// MTLOrigin.
struct Origin {
  Word x, y, z;
};

/// MTLRegion.
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

}  // namespace agx_sim
