/**
 * Holds what a run showed against what its manifest declares. Pure. Contract: only a completed exploration that holds
 * makes a declared success as declared; a control must fail by the property it names and for no other reason.
 */
import { DEADLOCK, type ManifestModel } from '../domain/manifest.js';
import type { Counts, Outcome, Reading } from '../domain/outcome.js';
import type { Purpose, Verdict } from '../domain/run-record.js';
import { unreachable } from '../domain/problem.js';
import type { ModelInspection } from '../project/model-inspection.js';
import { markObserved } from './observed-verdict.js';
import { describeCounts, describeOutcome, whichStates } from './shown.js';

/**
 * Judges one run.
 * @param declared the model's manifest entry
 * @param inspection of the model's configuration; its differences turn the run `declared` red
 * @param purpose why the run was made; decides what it must show
 */
export function judge(
  declared: ManifestModel,
  inspection: ModelInspection,
  reading: Reading,
  purpose: Purpose,
): Verdict {
  switch (purpose.kind) {
    case 'declared':
      return markObserved(declared, judgeDeclared(declared, inspection, reading), reading.outcome);
    case 'full set':
      return judgeMember(reading, purpose.property, inspection);
    case 'the rest':
      return judgeHolds(reading, 'the rest: holds', inspection);
    case 'probe':
      return judgeProbe(reading, purpose.of, inspection);
    default:
      return unreachable(purpose);
  }
}

function judgeDeclared(declared: ManifestModel, inspection: ModelInspection, reading: Reading): Verdict {
  const shown = judgeResult(declared, inspection, reading);
  const problems = inspection.problems.map((p) => p.message);
  const reasons = [...problems, ...inspection.differences.map((d) => d.message)];
  if (reasons.length > 0) {
    if (!shown.asDeclared) reasons.push(shown.reason);
    return { asDeclared: false, incomplete: false, reason: reasons.join('; ') };
  }
  const notes = [
    ...sayWhich(reading.outcome, inspection),
    ...staleTranslations(reading),
    ...sayUncompared(declared, reading.outcome),
    ...inspection.notes.filter((note) => note !== ''),
  ];
  const counts =
    shown.asDeclared && !isTemporal(reading.outcome) ? compareCounts(declared, reading.counts) : undefined;
  if (counts !== undefined) return { asDeclared: false, incomplete: false, reason: counts };
  // A note may be what explains a difference: liveness under symmetry, say.
  return { ...shown, reason: [shown.reason, ...notes].join('; ') };
}

/** TLC's warnings that a translation is stale: what was explored is then not the algorithm that people read. */
export function staleTranslations({ messages }: Reading): string[] {
  return messages.flatMap(({ text }) =>
    /^The (?:PlusCal algorithm|TLA\+ translation)\b.* changed since its last translation/.test(text)
      ? [`TLC warns: ${text.replace(/\.$/, '')}`]
      : [],
  );
}

/**
 * TLC looks for violated temporal properties from time to time, by its own clock, and stops at the first it meets: how many
 * states it had seen by then depends on how busy the machine is.
 */
const isTemporal = (outcome: Outcome): boolean =>
  outcome.kind === 'Violated' && outcome.of === 'temporal property';

function sayUncompared(declared: ManifestModel, outcome: Outcome): string[] {
  const { distinctStates, totalStates, stateDepth } = declared;
  const pinned = [distinctStates, totalStates, stateDepth].some((count) => count !== undefined);
  if (!pinned || !isTemporal(outcome)) return [];
  return ['its pinned counts are not compared: they vary where a temporal property is violated'];
}

/** TLC does not say which temporal property is violated: at least the choice is named, and what to do. */
function sayWhich(outcome: Outcome, { enabled }: ModelInspection): string[] {
  const isUnnamed = outcome.kind === 'Violated' && outcome.property === undefined;
  if (!isUnnamed || enabled.properties.length < 2) return [];
  return [`it is one of ${enabled.properties.join(', ')}; enable one at a time to learn which`];
}

function judgeResult(declared: ManifestModel, inspection: ModelInspection, reading: Reading): Verdict {
  const { outcome } = reading;
  const violates = declared.workbench?.violates;
  switch (declared.result) {
    case 'success':
      return judgeHolds(reading, 'declared: success', inspection);
    case 'safety failure':
    case 'liveness failure': {
      const expected = `declared: ${violates === undefined ? declared.result : `violates ${violates}`}`;
      const named = nameProperty(outcome, inspection);
      if (outcome.kind === 'Violated' && !fits(outcome.of, declared.result)) {
        return differs(`declared: ${declared.result}`, { ...reading, outcome: named }, inspection);
      }
      return judgeViolation({ ...reading, outcome: named }, violates, expected, inspection);
    }
    case 'deadlock failure':
      return judgeViolation(reading, DEADLOCK, 'declared: deadlock', inspection);
    case 'assumption failure':
      if (outcome.kind === 'AssumptionFalse') return agrees(`as declared: ${show(reading, inspection)}`);
      return differs('declared: assumption failure', reading, inspection);
    case 'unknown': {
      // Nothing is declared, so a completed exploration contradicts nothing; a failure must be looked at.
      if (outcome.kind === 'Holds') return judgeHolds(reading, 'declared: unknown', inspection);
      return differs('declared: unknown', reading, inspection);
    }
    default:
      return unreachable(declared.result);
  }
}

/** TLC ends an action property with the exit code of liveness, though it is safety: it goes with both. */
function fits(of: 'invariant' | 'action property' | 'temporal property', result: string): boolean {
  if (of === 'action property') return true;
  return (of === 'invariant') === (result === 'safety failure');
}

/** TLC never names a violated temporal property; where only one was enabled it is that one. */
function nameProperty(outcome: Outcome, inspection: ModelInspection): Outcome {
  if (outcome.kind !== 'Violated' || outcome.property !== undefined) return outcome;
  const only = inspection.enabled.properties.length === 1 ? inspection.enabled.properties[0] : undefined;
  return only === undefined || outcome.of === 'invariant' ? outcome : { ...outcome, property: only };
}

function judgeHolds(reading: Reading, expected: string, inspection: ModelInspection): Verdict {
  if (reading.outcome.kind !== 'Holds') return differs(expected, reading, inspection);
  // An unsatisfiable Init explores nothing and succeeds; only a module of ASSUMEs may have no state.
  const { distinct, queue } = reading.counts;
  if (!inspection.assumeOnly && (distinct ?? 0) === 0) {
    return {
      asDeclared: false,
      incomplete: false,
      reason: `${expected}; shown: no state at all, Init is unsatisfiable`,
    };
  }
  if (queue !== undefined && queue > 0) {
    return {
      asDeclared: false,
      incomplete: true,
      reason: `${expected}; shown: ${queue} states left on the queue`,
    };
  }
  return agrees(show(reading, inspection));
}

/** One member of a full set; its run enables nothing else, so that an unnamed temporal violation is its own. */
function judgeMember(reading: Reading, property: string, inspection: ModelInspection): Verdict {
  const { outcome } = reading;
  const unnamed =
    outcome.kind === 'Violated' &&
    outcome.property === undefined &&
    outcome.of === 'temporal property' &&
    !inspection.enabled.invariants.includes(property);
  const named = unnamed ? { ...reading, outcome: { ...outcome, property } } : reading;
  const must = property === DEADLOCK ? 'must deadlock' : `must violate ${property}`;
  return judgeViolation(named, property, `full set: ${must}`, inspection);
}

/** @param property the one that must be violated; undefined: any */
function judgeViolation(
  reading: Reading,
  property: string | undefined,
  expected: string,
  inspection: ModelInspection,
): Verdict {
  const { outcome } = reading;
  if (property === DEADLOCK) {
    return outcome.kind === 'Deadlock'
      ? agrees(show(reading, inspection))
      : differs(expected, reading, inspection);
  }
  const fails = outcome.kind === 'Violated' && (property === undefined || outcome.property === property);
  return fails ? agrees(show(reading, inspection)) : differs(expected, reading, inspection);
}

function judgeProbe(reading: Reading, of: string, inspection: ModelInspection): Verdict {
  const { outcome } = reading;
  if (outcome.kind === 'Violated' && outcome.of === 'invariant') return agrees(`${of} is reachable`);
  if (outcome.kind !== 'Holds') return differs(`probe: ${of} must be reachable`, reading, inspection);
  const states = describeCounts(reading.counts, whichStates(inspection.reductions));
  return { asDeclared: false, incomplete: false, reason: `${of} is reached in none of ${states}` };
}

const agrees = (reason: string): Verdict => ({ asDeclared: true, incomplete: false, reason });

const show = (reading: Reading, { reductions }: ModelInspection): string =>
  describeOutcome(reading, whichStates(reductions));

const differs = (expected: string, reading: Reading, inspection: ModelInspection): Verdict => ({
  asDeclared: false,
  incomplete: endsEarly(reading.outcome),
  reason: `${expected}; shown: ${show(reading, inspection)}`,
});

/** Whether a run neither supports nor refutes anything, because it did not run to an end. */
export function endsEarly(outcome: Outcome): boolean {
  switch (outcome.kind) {
    case 'Timeout':
    case 'OutOfMemory':
    case 'Incomplete':
    case 'Interrupted':
    case 'NotRun':
    case 'Sampled':
      return true;
    case 'Holds':
    case 'Violated':
    case 'Deadlock':
    case 'AssumptionFalse':
    case 'SpecError':
    case 'EvaluationError':
    case 'Crashed':
    case 'NoResult':
      return false;
    default:
      return unreachable(outcome);
  }
}

/** Pinned counts against those of the run. A count TLC did not report differs only where the run was to complete. */
function compareCounts(declared: ManifestModel, counts: Counts): string | undefined {
  const pinned: [string, number | undefined, number | undefined][] = [
    ['distinctStates', declared.distinctStates, counts.distinct],
    ['totalStates', declared.totalStates, counts.generated],
    ['stateDepth', declared.stateDepth, counts.depth],
  ];
  const completes = declared.result === 'success';
  const differing = pinned.filter(
    ([, expected, shown]) =>
      expected !== undefined && shown !== expected && (shown !== undefined || completes),
  );
  if (differing.length === 0) return undefined;
  const say = (which: 1 | 2): string =>
    differing.map((d) => `${d[0]} ${d[which] ?? 'not reported'}`).join(', ');
  return `declared: ${say(1)}; shown: ${say(2)}`;
}
