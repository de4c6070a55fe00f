/** What the checks of artefacts have in common: their names, and how one is written down. */
import type { BuildCheck } from '../../domain/run-record.js';

/** What is asserted of a Mach-O library, in the order in which it is told. */
export const MACHO_CHECKS = [
  'architectures',
  'install name',
  'minimum macOS',
  'exports',
  'constructors',
  'interposed functions',
  'signature',
] as const;

/** What is asserted of every artefact of a build that is made twice. */
export const REPEATABLE = 'two builds identical';

/** What a check found: nothing wrong, or what is. */
export interface Finding {
  faults: string[];
  /** What was found, told when nothing is wrong. */
  seen: string;
}

export function toCheck(check: string, artefact: string, finding: Finding): BuildCheck {
  const holds = finding.faults.length === 0;
  return {
    check,
    artefact,
    state: holds ? 'holds' : 'fails',
    detail: holds ? finding.seen : finding.faults.join('; '),
  };
}

/** How `found` differs from the names that are wanted; empty when it does not. */
export function compareNames(wanted: readonly string[], found: readonly string[], what: string): string[] {
  const missing = wanted.filter((name) => !found.includes(name));
  const more = found.filter((name) => !wanted.includes(name));
  return [
    ...(missing.length === 0 ? [] : [`${what} ${missing.join(', ')} missing`]),
    ...(more.length === 0 ? [] : [`${what} ${more.join(', ')} too many`]),
  ];
}
