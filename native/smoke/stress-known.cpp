// A mix that does nothing but draw: it checks the stress program itself.
#include "smoke/stress.h"

namespace smoke {

static void *beginNothing(unsigned) { return nullptr; }
static void drawOnly(void *, unsigned, unsigned, Draws &draws) { draws.below(1000); }
static void finishNothing(void *) {}

const StressMix stressMixes[] = {
    {"draw-only", 16, beginNothing, drawOnly, finishNothing},
    {nullptr, 0, nullptr, nullptr, nullptr},
};

void addStressReport(ReportLine &) {}

}  // namespace smoke
