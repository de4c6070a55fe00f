// Handlers of SIGINT as a program may have had them before a trace, and what they were called with.
#pragma once

#include <signal.h>

#include "smoke/report-line.h"

namespace smoke {

/// Dispositions of SIGINT. The functions leave errno changed; the one with three arguments has system calls go on.
struct sigaction makeIgnoring();
struct sigaction makeDefault();
struct sigaction makeCounting();
struct sigaction makeCountingWithInfo();
/// The same with the flag that says that a function takes three arguments, whether there is a function or not.
struct sigaction withInfo(struct sigaction disposition);
/// A handler that the first signal takes out.
struct sigaction makeCountingOnce();
/// A handler that calls `beneath` after it has counted, as a library does that wants to be one of many.
struct sigaction makeCountingAbove(const struct sigaction &beneath);

/// Makes `disposition` that of SIGINT.
void putIn(const struct sigaction &disposition);
/// Whether `disposition` is that of SIGINT: function, flags and mask.
bool isPutIn(const struct sigaction &disposition);

/// Whether SIGINT has its default action.
bool isDefaultPutIn();
/// Whether system calls that SIGINT interrupts go on afterwards.
bool areCallsRestarted();

/// Adds the calls of each handler, and how often arguments or the mask were not as they should be.
void addCalls(ReportLine &report);

}  // namespace smoke
