/**
 * Verdicts of models that `workbench init` declared from a first run and nobody has confirmed. Contract: an observed
 * failure is never as declared, however often it is seen again; one that was not seen before is red like any other.
 */
import type { ManifestModel } from '../domain/manifest.js';
import { unreachable } from '../domain/problem.js';
import type { Outcome } from '../domain/outcome.js';
import type { Verdict } from '../domain/run-record.js';

const CONFIRM = 'observed, not confirmed';
const DECIDE = 'say what it must show in its manifest, and remove "observed"';

/** The verdict of a declared run, with what `observed` makes of it. */
export function markObserved(declared: ManifestModel, verdict: Verdict, outcome: Outcome): Verdict {
  if (declared.workbench?.observed === undefined) return verdict;
  const reason = verdict.reason.replace(/^declared:/, 'observed before:');
  if (verdict.asDeclared) {
    if (outcome.kind === 'Holds') return { ...verdict, reason: `${reason}; ${CONFIRM}` };
    return { asDeclared: false, incomplete: true, reason: `${CONFIRM}: ${reason}; ${DECIDE}` };
  }
  // Nothing was declared that this could contradict; it is no pass either.
  const undecided = verdict.reason.startsWith('declared: unknown') && !isFailure(outcome);
  if (!undecided) return { ...verdict, reason };
  const shown = verdict.reason.replace(/^declared: unknown; shown: /, '');
  return { ...verdict, incomplete: true, reason: `${CONFIRM}: ${shown}; ${DECIDE}` };
}

/** Whether a run showed something that may be a fault of what is specified: that must be looked at. */
function isFailure(outcome: Outcome): boolean {
  switch (outcome.kind) {
    case 'Violated':
    case 'Deadlock':
    case 'AssumptionFalse':
    case 'SpecError':
      return true;
    case 'EvaluationError':
    case 'Holds':
    case 'Sampled':
    case 'Timeout':
    case 'OutOfMemory':
    case 'Crashed':
    case 'Incomplete':
    case 'Interrupted':
    case 'NotRun':
    case 'NoResult':
      return false;
    default:
      return unreachable(outcome);
  }
}
