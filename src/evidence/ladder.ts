/** Folds a run's results into rungs: for each claim, how strong its evidence is. Pure; the ladder of docs/architecture.md. */
import {
  RUNGS,
  type ClaimReport,
  type Finding,
  type NativeFunction,
  type RungState,
} from '../domain/claim.js';
import type { ClaimEntry } from '../domain/manifest.js';
import type { Probe } from '../domain/probe.js';
import type { ReachabilityResult } from '../domain/reachability.js';
import type { ModelRun } from '../domain/run-record.js';
import type { SmokeResult } from '../domain/smoke.js';
import { handlerEvidence, type HandlerEvidence } from './handler-claims.js';
import { rateLive } from './live.js';
import { boundedSentence, distinctOf, largest, type EngineIdentity } from './sentence.js';

export interface LadderInput {
  module: string;
  claims: Record<string, ClaimEntry>;
  /** Every run of this module's models, full sets and probes included. */
  runs: ModelRun[];
  /** Findings of this module; undefined: the check did not run. */
  findings: Finding[] | undefined;
  /** What was asked about vacuity in this module; undefined: nothing was. */
  probes?: Probe[] | undefined;
  /** Variables each claim reads, directly or through operators. */
  reads: Record<string, string[]>;
  /** Functions anchored to a claim id; undefined: sources were not read. */
  functions: Map<string, NativeFunction[]> | undefined;
  smoke: SmokeResult[];
  /** What signal and fork handlers reach; undefined: not asked for. */
  handlers?: ReachabilityResult | undefined;
  engine: EngineIdentity;
}

const passed = (because: string): RungState => ({ state: 'passed', because });
const failed = (because: string): RungState => ({ state: 'failed', because });
const partly = (because: string): RungState => ({ state: 'partly measured', because });
const notMeasured = (because: string): RungState => ({ state: 'not measured', because });

const plural = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;

function rateChecked(positives: ModelRun[]): RungState {
  if (positives.length === 0) return notMeasured('no positive model lists it');
  const wrong = positives.find((r) => !r.verdict.asDeclared && !r.verdict.incomplete);
  if (wrong) return failed(`${wrong.model}: ${wrong.verdict.reason}`);
  const open = positives.find((r) => r.verdict.incomplete);
  if (open) return notMeasured(`${open.model}: ${open.verdict.reason}`);
  return passed(`holds in ${plural(positives.length, 'model')}, each explored completely`);
}

/** The claim that a run violated. TLC never names a temporal property; where only one was enabled it is that one. */
function violatedClaim({ purpose, outcome, enabled }: ModelRun): string | undefined {
  if (outcome.kind !== 'Violated') return undefined;
  if (purpose.kind === 'full set') return purpose.property;
  if (outcome.property !== undefined || outcome.of === 'invariant') return outcome.property;
  return enabled.properties.length === 1 ? enabled.properties[0] : undefined;
}

/** Controls that violate a claim as declared, by name or as a member of their full set. */
function controlsOf(claim: string, input: LadderInput): string[] {
  const noticing = input.runs.filter(
    (r) => r.role === 'control' && r.verdict.asDeclared && violatedClaim(r) === claim,
  );
  return [...new Set(noticing.map((r) => r.model))];
}

function rateFalsifiable(controls: string[]): RungState {
  const [first] = controls;
  if (first === undefined) return notMeasured('no negative control that was run violates it');
  return partly(
    `violated by ${plural(controls.length, 'control')}, e.g. ${first}; spec mutants were not measured`,
  );
}

function rateAnchored(entry: ClaimEntry, functions: NativeFunction[] | undefined): RungState {
  if (entry.auxiliary) return notMeasured('auxiliary: says nothing about the code');
  if (!functions) return notMeasured('native sources were not read');
  if (functions.length === 0) return failed('no native function carries it');
  return passed(plural(functions.length, 'function'));
}

function rateExercised(entry: ClaimEntry, smoke: SmokeResult[], handlers: HandlerEvidence): RungState {
  if (entry.auxiliary) return notMeasured('auxiliary: says nothing about the code');
  if (handlers.state === 'failed') return failed(handlers.because);
  const bad = smoke.find((s) => s.state === 'failed');
  if (bad) return failed(`smoke test ${bad.name}: ${bad.reason}`);
  if (handlers.state === 'not run') return notMeasured(`handlers were not checked: ${handlers.because}`);
  const reach = handlers.state === 'passed' ? `; ${handlers.because}` : '';
  if (smoke.length === 0) return notMeasured(`no smoke test names it${reach}`);
  const open = smoke.find((s) => s.state === 'not run');
  if (open) return notMeasured(`smoke test ${open.name} was not run: ${open.reason}`);
  return partly(
    `${plural(smoke.length, 'smoke test')} as expected with and without the fix${reach}; traces were not checked`,
  );
}

function outcomeOf(checked: RungState): ClaimReport['outcome'] {
  if (checked.state === 'passed') return 'holds';
  return checked.state === 'failed' ? 'not supported' : 'not shown';
}

/** The highest rung below which every rung passed. */
export function standingRung(rungs: ClaimReport['rungs']): number {
  const first = RUNGS.findIndex((name) => rungs[name].state !== 'passed');
  return first === -1 ? RUNGS.length : first;
}

/** One report per declared claim of a module, in the order of the manifest. */
export function rateClaims(input: LadderInput): ClaimReport[] {
  return Object.entries(input.claims).map(([name, entry]) => {
    const id = `${input.module}!${name}`;
    const declared = input.runs.filter((r) => r.purpose.kind === 'declared');
    const listing = declared.filter((r) => [...r.enabled.invariants, ...r.enabled.properties].includes(name));
    const positives = listing.filter((r) => r.role === 'positive');
    const most = largest(positives);
    const controls = controlsOf(name, input);
    const functions = input.functions === undefined ? undefined : (input.functions.get(id) ?? []);
    const smoke = input.smoke.filter((s) => s.claims.includes(id));
    const rungs = {
      checked: rateChecked(positives),
      live: rateLive(name, input),
      falsifiable: rateFalsifiable(controls),
      anchored: rateAnchored(entry, functions),
      exercised: rateExercised(entry, smoke, handlerEvidence(input.handlers, id)),
      sensitive: notMeasured('native mutants were not measured'),
    };
    return {
      id,
      statement: entry.statement,
      kind: entry.kind,
      auxiliary: entry.auxiliary ?? false,
      ...(entry.redundant === undefined ? {} : { redundant: entry.redundant }),
      outcome: outcomeOf(rungs.checked),
      states: most ? distinctOf(most) : 0,
      models: positives.map((r) => r.model),
      controls,
      functions: functions ?? [],
      smoke: smoke.map((s) => ({
        name: s.name,
        passed: s.state === 'not run' ? null : s.state === 'passed',
      })),
      rungs,
      rung: standingRung(rungs),
      sentence: boundedSentence(entry.kind, positives, input.engine),
    };
  });
}
