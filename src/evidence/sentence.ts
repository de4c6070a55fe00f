/** The one bounded sentence that a claim's runs support; never stronger than they are. Pure. */
import type { ModelRun } from '../domain/run-record.js';
import { whichStates } from './shown.js';

const grouped = (n: number): string => n.toLocaleString('en-US');

/** What the sentence says about the engine: `TLC 2.18, jar fc0a7b69`. */
export interface EngineIdentity {
  version: string;
  jar: string;
}

/** Distinct states of a run's last attempt; 0 when none was reported. */
export function distinctOf(run: ModelRun): number {
  return run.attempts.at(-1)?.reading.counts.distinct ?? 0;
}

function constantsText(run: ModelRun): string {
  // A model value that is named like its constant (`NULL = NULL`) bounds nothing.
  const parts = Object.entries(run.constants)
    .filter(([name, value]) => name !== value)
    .map(([name, value]) => `${name}=${value.replace(/\s+/g, ' ')}`);
  return parts.length === 0 ? 'without constants' : `with ${parts.join(', ')}`;
}

/** ` under SYMMETRY Alike, CONSTRAINT Small`; substitutions stand among the constants. */
function reductionsText(run: ModelRun): string {
  const names = (run.reductions ?? [])
    .filter((r) => r.kind !== 'SUBSTITUTION')
    .map((r) => `${r.kind} ${r.name}`);
  return names.length === 0 ? '' : ` under ${names.join(', ')}`;
}

/** The exploration that says most: the largest of the runs. */
export function largest(runs: ModelRun[]): ModelRun | undefined {
  return [...runs].sort((a, b) => distinctOf(b) - distinctOf(a))[0];
}

/**
 * @param positives runs of the positive models that list the claim
 * @returns e.g. `holds in all 94 reachable states of AGXV2_3 with NumThreads=3; TLC 2.18, jar fc0a7b69; assumes A-LIVE`
 */
export function boundedSentence(
  kind: 'invariant' | 'property',
  positives: ModelRun[],
  engine: EngineIdentity,
): string {
  const bad = positives.filter((run) => !run.verdict.asDeclared && !run.verdict.incomplete);
  if (bad.length > 0) return `not supported: ${bad.map((r) => `${r.model}: ${r.verdict.reason}`).join('; ')}`;
  const open = positives.filter((run) => run.verdict.incomplete);
  if (open.length > 0)
    return `not shown: ${open.length} of ${positives.length} models did not run to an end (${open[0]?.model ?? ''}: ${open[0]?.verdict.reason ?? ''})`;
  const most = largest(positives);
  if (!most) return 'not shown: no positive model lists it';
  const states = grouped(distinctOf(most));
  const reduced = reductionsText(most);
  const which = whichStates(most.reductions);
  const subject =
    kind === 'invariant'
      ? `holds in all ${states} ${which} states of ${most.module}`
      : `holds in every fair behaviour over all ${states} ${which} states of ${most.module}`;
  const assumptions = [...most.assumptions].sort();
  const assumed = assumptions.length ? `; assumes ${assumptions.join(', ')}` : '';
  return `${subject} ${constantsText(most)}${reduced}; TLC ${engine.version}, jar ${engine.jar.slice(0, 8)}${assumed}`;
}
