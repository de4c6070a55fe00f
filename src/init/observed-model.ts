/**
 * A model's manifest entry from what its first run showed. Pure. Contract: what was seen stands in the entry, and
 * `observed` says that nobody has confirmed it; what did not run to an end is `unknown` and never a success.
 */
import type { Config } from '../domain/config.js';
import { DEADLOCK, type ManifestModel, type ResultKind } from '../domain/manifest.js';
import type { Outcome, Reading } from '../domain/outcome.js';
import { unreachable } from '../domain/problem.js';
import { describeOutcome } from '../evidence/shown.js';

/** What a first run showed, or why there was none. */
export type Seen = { reading: Reading; milliseconds: number } | { notRun: string };

/** From here on a later run may use several workers, and then TLC's depth is no fixed number. */
const DEPTH_VARIES_FROM_SECONDS = 20;

/** The entry of one model. `day` is that of the run, `note` a remark on the module. */
export function observeModel(
  path: string,
  config: Config,
  seen: Seen,
  { day, note }: { day: string; note?: string | undefined },
): ManifestModel {
  const outcome: Outcome = 'reading' in seen ? seen.reading.outcome : { kind: 'NotRun', reason: seen.notRun };
  const violates = violatedBy(outcome, config);
  const checks = [...config.invariants, ...config.properties].map((p) => p.name);
  const features = featuresOf(config);
  const reduced = [config.view, config.symmetry, config.constraints, config.actionConstraints].some(
    (list) => list.length > 0,
  );
  const shown =
    'reading' in seen
      ? describeOutcome(seen.reading, reduced ? 'explored' : 'reachable')
      : `not run: ${seen.notRun}`;
  return {
    path,
    ...('reading' in seen ? { runtime: clockOf(seen.milliseconds) } : {}),
    mode: 'exhaustive search',
    ...(features.length > 0 ? { features } : {}),
    result: resultOf(outcome),
    ...('reading' in seen ? countsOf(seen.reading, seen.milliseconds / 1000) : {}),
    workbench: {
      checks,
      ...(violates === undefined ? {} : { violates }),
      // A later run that waits longer would only be slower to say the same.
      ...(outcome.kind === 'Timeout' ? { timeoutSeconds: outcome.seconds } : {}),
      ...(note === undefined ? {} : { note }),
      observed: `${day}, to be confirmed: ${shown}`,
    },
  };
}

function resultOf(outcome: Outcome): ResultKind {
  switch (outcome.kind) {
    case 'Holds':
      return 'success';
    case 'Violated':
      return outcome.of === 'temporal property' ? 'liveness failure' : 'safety failure';
    case 'Deadlock':
      return 'deadlock failure';
    case 'AssumptionFalse':
      return 'assumption failure';
    case 'SpecError':
    case 'EvaluationError':
    case 'Sampled':
    case 'Timeout':
    case 'OutOfMemory':
    case 'Crashed':
    case 'Incomplete':
    case 'Interrupted':
    case 'NotRun':
    case 'NoResult':
      return 'unknown';
    default:
      return unreachable(outcome);
  }
}

/** The property that `violates` may name: TLC names no temporal one, and a deadlock counts alone. */
function violatedBy(outcome: Outcome, config: Config): string | undefined {
  const enabled = [...config.invariants, ...config.properties];
  if (outcome.kind === 'Deadlock') return enabled.length === 0 ? DEADLOCK : undefined;
  if (outcome.kind !== 'Violated') return undefined;
  const [only, second] = config.properties;
  if (outcome.property !== undefined || outcome.of === 'invariant') return outcome.property;
  return second === undefined ? only?.name : undefined;
}

/** Counts of a complete exploration; where a failure was met is of no use to anybody. */
function countsOf({ outcome, counts }: Reading, seconds: number): Partial<ManifestModel> {
  if (outcome.kind !== 'Holds') return {};
  const { distinct, generated, depth } = counts;
  return {
    ...(distinct === undefined ? {} : { distinctStates: distinct }),
    ...(generated === undefined ? {} : { totalStates: generated }),
    ...(depth === undefined || seconds >= DEPTH_VARIES_FROM_SECONDS ? {} : { stateDepth: depth }),
  };
}

/** `HH:MM:SS`, rounded up, as the Examples have it. */
function clockOf(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/** In the words of the Examples' schema. */
function featuresOf(config: Config): string[] {
  const features: [boolean, string][] = [
    [config.actionConstraints.length > 0, 'action constraint'],
    [config.checkDeadlock?.value === false, 'ignore deadlock'],
    [config.properties.length > 0, 'liveness'],
    [config.constraints.length > 0, 'state constraint'],
    [config.symmetry.length > 0, 'symmetry'],
    [config.view.length > 0, 'view'],
  ];
  return features.flatMap(([has, name]) => (has ? [name] : []));
}
