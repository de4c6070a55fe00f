// What the calls did, for tests.
#pragma once

namespace mps {

struct CallCounts {
  long started;
  long completed;
  long overlaps;  // encodings begun while another thread encoded
};

/// The counts since the program began.
CallCounts readCallCounts();

/// Live as long as a call, and as long as an encoding.
struct CallScope {
  CallScope();
  ~CallScope();
};
struct EncodingScope {
  EncodingScope();
  ~EncodingScope();
};

}  // namespace mps
