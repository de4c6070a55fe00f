/** Says in a few words what a run showed. Pure; one line, whatever the engine's message looked like. */
import type { ReductionKind } from '../domain/manifest.js';
import { unreachable } from '../domain/problem.js';
import type { Counts, Reading } from '../domain/outcome.js';

const oneLine = (text: string): string => {
  const line = text
    .split('\n')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(' ');
  return line.length > 200 ? `${line.slice(0, 197)}...` : line;
};

/** What the states of a run are: under a constraint, a view or symmetry more is reachable than was looked at. */
export type Which = 'reachable' | 'explored';

/** @param reductions those in force in the run; a substitution stands among the constants */
export const whichStates = (reductions: readonly { kind: ReductionKind }[] | undefined): Which =>
  (reductions ?? []).every((r) => r.kind === 'SUBSTITUTION') ? 'reachable' : 'explored';

/** `21,279 reachable states`, or what is known. */
export function describeCounts({ distinct }: Counts, which: Which): string {
  if (distinct === undefined) return 'an unknown number of states';
  return `${distinct.toLocaleString('en-US')} ${which} state${distinct === 1 ? '' : 's'}`;
}

/** How far a run had come. An empty queue in its last figures does not mean that it had finished. */
function describeProgress({ distinct, queue }: Counts): string {
  const said = (n: number, what: string): string => `${n.toLocaleString('en-US')} ${what}`;
  if (queue !== undefined && queue > 0) return `with ${said(queue, 'states left on the queue')}`;
  return (distinct ?? 0) > 0
    ? `after ${said(distinct ?? 0, 'distinct states')}`
    : 'before it had reported a state';
}

/** `holds in all 94 reachable states`, `violates NoLeak in a behaviour of 12 states`, … */
export function describeOutcome(reading: Reading, which: Which): string {
  const { outcome, behaviour, counts } = reading;
  const length = behaviour?.states.length ?? 0;
  const after = length === 0 ? '' : ` in a behaviour of ${length} state${length === 1 ? '' : 's'}`;
  switch (outcome.kind) {
    case 'Holds':
      return counts.distinct === 0
        ? 'holds (assumptions only, no states)'
        : `holds in all ${describeCounts(counts, which)}`;
    case 'Violated':
      return outcome.property === undefined
        ? `violates a ${outcome.of} that TLC does not name${after}`
        : `violates ${outcome.property}${after}`;
    case 'Deadlock':
      return `deadlock${after}`;
    case 'AssumptionFalse':
      return `an ASSUME is false: ${oneLine(outcome.message)}`;
    case 'SpecError':
      return `the spec or configuration cannot be used: ${oneLine(outcome.message)}`;
    case 'EvaluationError':
      return `cannot be evaluated: ${oneLine(outcome.message)}`;
    case 'Sampled':
      return `no violation in ${counts.traces ?? 'some'} sampled behaviours, which is no exploration`;
    case 'Timeout':
      return `stopped at the deadline of ${outcome.seconds} s ${describeProgress(counts)}`;
    case 'OutOfMemory':
      return `out of memory: ${oneLine(outcome.message)}`;
    case 'Crashed':
      return `the engine crashed: ${oneLine(outcome.message)}`;
    case 'Incomplete':
      return `not explored completely: ${oneLine(outcome.message)}`;
    case 'Interrupted':
      return 'interrupted';
    case 'NotRun':
      return `not run: ${oneLine(outcome.reason)}`;
    case 'NoResult':
      return `no result: ${oneLine(outcome.message)}`;
    default:
      return unreachable(outcome);
  }
}
