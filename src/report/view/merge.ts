/**
 * Several records as one. Contract: a thing that two records ran stands in the result once; where they contradict each
 * other, the worse result is kept and the contradiction is named, and evidence from different sources is never mixed in
 * silence. Pure.
 */
import type { Inventory, InventoryModule } from '../../domain/inventory.js';
import type { Probe } from '../../domain/probe.js';
import type { AnchorMap, BuildResult, ModelRun, RunRecord } from '../../domain/run-record.js';
import type { SmokeResult } from '../../domain/smoke.js';
import { endsEarly } from '../../evidence/verdict.js';
import { findConflicts } from './conflicts.js';
import type { Conflict } from './report-view.js';
import { runName } from './run-name.js';
import { standingOfState, standingOfVerdict, worstOf } from './standing.js';

/** A part of a record, with the record it comes from. */
export type Sourced<T> = T & { record: string };

export interface Merged {
  /** Oldest first. */
  records: RunRecord[];
  models: Sourced<ModelRun>[];
  builds: Sourced<BuildResult>[];
  smoke: Sourced<SmokeResult>[];
  anchors: AnchorMap | null;
  reachability: RunRecord['reachability'];
  findings: RunRecord['findings'];
  probes?: Probe[];
  tools: RunRecord['tools'];
  problems: RunRecord['problems'];
  /** Of all records that have one; the modules of older records are not in it. */
  inventory: Inventory;
  conflicts: Conflict[];
}

/** @param records at least one; the order does not matter */
export function mergeRecords(given: readonly RunRecord[]): Merged {
  const sorted = [...given].sort((a, b) => compare(a.startedAt + a.id, b.startedAt + b.id));
  const records = uniqueBy(sorted, (r) => r.id);
  const models = sourced(records, (r) => r.models);
  const inventory = mergeInventories(records);
  const declared = new Map(inventory.modules.flatMap((m) => m.models).map((m) => [m.id, m]));
  return {
    records,
    models: [...groupBy(models, runName).values()].map((same) => {
      const run = chooseRun(same);
      return orderConstants(run, declared.get(run.model)?.constants ?? []);
    }),
    builds: chooseByState(
      sourced(records, (r) => r.builds),
      (b) => b.preset,
    ),
    smoke: chooseByState(
      sourced(records, (r) => r.smoke),
      (s) => s.name,
    ),
    anchors: mergeAnchors(records),
    reachability: chooseByState(
      records.flatMap((r) => (r.reachability ? [{ ...r.reachability, record: r.id }] : [])),
      () => '',
    )[0],
    findings: uniqueBy(
      records.flatMap((r) => r.findings),
      (f) => [f.module, f.finding, f.name, f.place.path, f.place.line, f.text ?? ''].join(' '),
    ),
    ...mergeProbes(records),
    tools:
      [...records].reverse().find((r) => r.tools.some((t) => t.name === 'tlc'))?.tools ??
      records[0]?.tools ??
      [],
    problems: uniqueBy(
      records.flatMap((r) => r.problems.map((p) => withExit(p, r.exitCode))),
      (p) => `${p.code} ${p.message}`,
    ),
    inventory,
    conflicts: findConflicts(sorted),
  };
}

/** Of answers to one question the one that saw something, else the latest; nothing where no record asked any. */
function mergeProbes(records: readonly RunRecord[]): { probes?: Probe[] } {
  if (records.every((r) => r.probes === undefined)) return {};
  const all = records.flatMap((r) => r.probes ?? []).reverse();
  const first = [...all.filter((p) => p.answer === 'live'), ...all];
  const question = (p: Probe): string =>
    [p.module, p.kind, p.claims.join(','), p.subject, p.place.path, p.place.line].join(' ');
  return { probes: uniqueBy(first, question) };
}

/** Old records do not say which exit code a problem asks for; that of the run is the best guess, and never 0. */
function withExit(problem: RunRecord['problems'][number], exitCode: number): RunRecord['problems'][number] {
  return { ...problem, exit: problem.exit ?? (exitCode === 2 ? 2 : 3) };
}

/** What ran to an end outweighs what did not; among those a red one is kept, else the newest. */
function chooseRun(same: Sourced<ModelRun>[]): Sourced<ModelRun> {
  const ended = same.filter((run) => !endsEarly(run.outcome));
  const candidates = ended.length > 0 ? ended : same;
  const worst = worstOf(candidates.map((run) => standingOfVerdict(run.verdict)));
  return newest(candidates.filter((run) => standingOfVerdict(run.verdict) === worst));
}

/** The same for what has a state: conclusive before not run, failed before passed, then the newest. */
function chooseByState<T extends { state: BuildResult['state'] | SmokeResult['state'] }>(
  all: readonly T[],
  keyOf: (one: T) => string,
): T[] {
  return [...groupBy(all, keyOf).values()].map((same) => {
    const conclusive = same.filter((one) => one.state !== 'not run');
    const candidates = conclusive.length > 0 ? conclusive : same;
    const worst = worstOf(candidates.map((one) => standingOfState(one.state)));
    return newest(candidates.filter((one) => standingOfState(one.state) === worst));
  });
}

function mergeAnchors(records: readonly RunRecord[]): AnchorMap | null {
  const maps = records.flatMap((r) => (r.anchors ? [r.anchors] : [])).reverse();
  if (maps.length === 0) return null;
  return {
    functions: uniqueBy(
      maps.flatMap((m) => m.functions),
      (f) => `${f.path}:${f.line} ${f.name}`,
    ),
    faults: uniqueBy(
      maps.flatMap((m) => m.faults),
      (f) => `${f.path}:${f.line} ${f.message}`,
    ),
    sources: uniqueBy(
      maps.flatMap((m) => m.sources),
      (s) => s.path,
    ),
  };
}

/** Constants as the configuration lists them: the keys of a record are sorted. */
function orderConstants<T extends ModelRun>(run: T, declared: readonly { name: string }[]): T {
  const names = [...new Set([...declared.map((c) => c.name), ...Object.keys(run.constants)])];
  const constants = names.flatMap((name) => {
    const value = run.constants[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...run, constants: Object.fromEntries(constants) };
}

/** Findings of a module are measured when one record measured them; else the newest record's entry stands. */
function mergeInventories(records: readonly RunRecord[]): Inventory {
  const all = records.flatMap((r) => (r.inventory ? [r.inventory] : [])).reverse();
  const byModule = groupBy(
    all.flatMap((i) => i.modules),
    (m) => m.path,
  );
  return {
    requiredRung: Math.max(0, ...all.map((i) => i.requiredRung)),
    assumptions: uniqueBy(
      all.flatMap((i) => i.assumptions),
      (a) => a.id,
    ),
    modules: [...byModule.values()].flatMap((same) => mergeModule(same)),
  };
}

function mergeModule(same: InventoryModule[]): InventoryModule[] {
  const [first] = same;
  if (!first) return [];
  const measured = same.some((m) => m.findings === 'measured');
  // An ad hoc model of a module stands beside those of its manifest.
  const declared = same.find((m) => m.manifest !== undefined) ?? first;
  return [
    {
      ...declared,
      findings: measured ? 'measured' : 'not measured',
      models: uniqueBy(
        [declared, ...same].flatMap((m) => m.models),
        (m) => m.id,
      ),
    },
  ];
}

function sourced<T>(records: readonly RunRecord[], partsOf: (record: RunRecord) => T[]): Sourced<T>[] {
  return records.flatMap((r) => partsOf(r).map((part) => ({ ...part, record: r.id })));
}

/** The last one: records are in the order of their start. */
function newest<T>(items: readonly T[]): T {
  const last = items.at(-1);
  if (last === undefined) throw new Error('newest: of nothing');
  return last;
}

export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** Each key's first. */
export function uniqueBy<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...groupBy(items, keyOf).values()].flatMap((group) => group.slice(0, 1));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
