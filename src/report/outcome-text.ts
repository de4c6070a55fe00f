/** An outcome in plain words, one line; never stronger than the outcome. Pure. */
import type { Counts, Outcome } from '../domain/outcome.js';
import { unreachable } from '../domain/problem.js';

const grouped = (n: number | undefined): string => (n ?? 0).toLocaleString('en-US');

/** e.g. `holds in all 94 reachable states`, `violates NoLeak after 35 states`. */
export function outcomeText(outcome: Outcome, counts: Counts): string {
  switch (outcome.kind) {
    case 'Holds':
      return counts.distinct === undefined || counts.distinct === 0
        ? 'holds (assumptions only, no states)'
        : `holds in all ${grouped(counts.distinct)} reachable states`;
    case 'Violated':
      return `violates ${outcome.property ?? `a ${outcome.of}`}, found after ${grouped(counts.distinct)} states`;
    case 'Deadlock':
      return `deadlock, found after ${grouped(counts.distinct)} states`;
    case 'AssumptionFalse':
      return `an ASSUME is false: ${outcome.message}`;
    case 'SpecError':
      return `cannot be read: ${outcome.message}`;
    case 'EvaluationError':
      return `cannot be evaluated: ${outcome.message}`;
    case 'Sampled':
      return `sampled ${grouped(counts.traces ?? counts.generated)} behaviours or states, nothing found; not an exploration`;
    case 'Timeout':
      return `stopped at the deadline of ${outcome.seconds} s with ${grouped(counts.queue)} states left on the queue`;
    case 'OutOfMemory':
      return `out of memory after ${grouped(counts.distinct)} states`;
    case 'Crashed':
      return `the engine failed: ${outcome.message}`;
    case 'Incomplete':
      return `incomplete: ${outcome.message}`;
    case 'Interrupted':
      return 'interrupted';
    case 'NotRun':
      return `not run: ${outcome.reason}`;
    case 'NoResult':
      return `no result: ${outcome.message}`;
    default:
      return unreachable(outcome);
  }
}
