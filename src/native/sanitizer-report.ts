/** Reads the first report of a sanitizer out of what a process printed on standard error. Pure. */

/** Kind of the first report, blanks as hyphens: `heap-use-after-free`, `data-race`, `memory-leak`; null for none. */
export function findSanitizerReport(stderr: string): string | null {
  for (const line of stderr.split('\n')) {
    if (/^==\d+==ERROR: LeakSanitizer: detected memory leaks/.test(line)) return 'memory-leak';
    // A second thread that faults meanwhile writes "AddressSanitizer:DEADLYSIGNAL" around the line's beginning.
    const address =
      /^(?:AddressSanitizer:?(?:DEADLYSIGNAL)?)?==\d+==ERROR: AddressSanitizer:? (?:attempting )?(.+)$/.exec(
        line,
      )?.[1];
    if (address !== undefined) return kindOfAddressReport(address);
    // ThreadSanitizer's of a fault names its process as AddressSanitizer's does, and so does MemorySanitizer's.
    const other =
      /^(?:==\d+==)?(?:WARNING|FATAL|ERROR): (?:Thread|Memory)Sanitizer: (.+?)(?: on unknown address.*| \(.*)?$/.exec(
        line,
      )?.[1];
    if (other !== undefined) return hyphenate(other);
    // A path may have blanks, and may be unknown.
    if (/^(?:.+:\d+:\d+|<unknown>): runtime error: /.test(line)) return 'undefined-behavior';
  }
  return null;
}

/** Words up to the place: `heap-use-after-free on address 0x…`, `SEGV on unknown address 0x…`. */
function kindOfAddressReport(text: string): string {
  const kind =
    /^(.+?)(?:: | on (?:unknown )?address\b| on 0x|\(| \(|, | which )/.exec(`${text} (`)?.[1] ?? text;
  if (kind === 'free') return 'bad-free';
  return hyphenate(kind);
}

/** One spelling for expectation and report. */
export function hyphenate(kind: string): string {
  return kind.trim().replace(/\s+/g, '-');
}

/** Fault address that AddressSanitizer prints when it takes the signal before the program's own handler. */
export function findSanitizerFaultAddress(stderr: string): string | null {
  return /AddressSanitizer: SEGV on unknown address (0x[0-9a-f]+)/i.exec(stderr)?.[1] ?? null;
}

/** Why a sanitizer could not do its work on this machine; null when it could. */
export function findSanitizerObstacle(stderr: string): string | null {
  return (
    /^(?:FATAL|==\d+==FATAL): (?:Thread|Address)Sanitizer:? (?:unexpected memory mapping|CHECK failed.*mmap).*$/m.exec(
      stderr,
    )?.[0] ??
    /^==\d+==Shadow memory range interleaves.*$/m.exec(stderr)?.[0] ??
    null
  );
}
