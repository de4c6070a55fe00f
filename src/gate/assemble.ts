/**
 * Puts a baseline together: what the tree declares, with what the evidence shows. Each part's evidence is a record that
 * fits it, or the base's baseline where nothing that it rests on has changed. Pure.
 */
import {
  BASELINE_SCHEMA,
  type Baseline,
  type BaselineClaim,
  type BaselineModel,
  type BaselineModule,
} from '../domain/baseline.js';
import { RUNGS, type ClaimReport, type RungName } from '../domain/claim.js';
import type { InventoryModule } from '../domain/inventory.js';
import type { ModelRun, RunRecord } from '../domain/run-record.js';
import { rateEvidence } from '../evidence/rating.js';
import { sealBaseline } from './baseline-file.js';
import type { Tools } from './fit.js';
import type { Head } from './head.js';
import type { DeclaredModule } from './module-facts.js';

/** Where a part's evidence comes from; `none`: nothing fits and nothing could be run. */
export type Source = { kind: 'base' } | { kind: 'record'; record: RunRecord } | { kind: 'none' };

export interface Evidence {
  /** By the module's path. */
  modules: ReadonlyMap<string, Source>;
  native: Source;
}

/** Rungs that rest on native code; the others rest on models. */
const NATIVE_RUNGS: ReadonlySet<RungName> = new Set<RungName>(['anchored', 'exercised', 'sensitive']);

type Shown = Pick<BaselineClaim, 'outcome' | 'rungs'>;

const UNSHOWN: Shown = {
  outcome: 'not shown',
  rungs: {
    checked: 'not measured',
    live: 'not measured',
    falsifiable: 'not measured',
    anchored: 'not measured',
    exercised: 'not measured',
    sensitive: 'not measured',
  },
};

/**
 * @param inventory the modules as they are, for the fold of their claims
 * @param base where unchanged parts come from
 */
export function assembleBaseline(
  head: Head,
  inventory: readonly InventoryModule[],
  evidence: Evidence,
  base: Baseline | undefined,
  tools: Tools,
): Baseline {
  // Native code that is there no more shows nothing, whatever the base's did.
  const built: Source = head.native === null ? { kind: 'none' } : evidence.native;
  const modules = head.modules.map((module): BaselineModule => {
    const source = evidence.modules.get(module.path) ?? { kind: 'none' };
    const before = findBefore(base, module);
    const described = inventory.find((m) => m.path === module.path);
    const rated = described === undefined ? [] : rate(described, source, built);
    return {
      ...module,
      claims: module.claims.map((claim) => {
        const report = rated.find((r) => r.id === `${module.name}!${claim.name}`);
        const known = before?.claims.find((c) => c.name === claim.name) ?? UNSHOWN;
        const ofModels = source.kind === 'base' ? known : shownBy(source, report);
        const ofNative = built.kind === 'base' ? known : shownBy(built, report);
        const rungs = { ...ofModels.rungs };
        for (const name of RUNGS) if (NATIVE_RUNGS.has(name)) rungs[name] = ofNative.rungs[name];
        return { ...claim, outcome: ofModels.outcome, rungs, rung: standing(rungs) };
      }),
      models: module.models.map((model) => {
        if (source.kind === 'record') return { ...model, ...countsIn(source.record.models, model.path) };
        const { distinct, initial } = before?.models.find((m) => m.path === model.path) ?? {};
        return { ...model, ...present({ distinct, initial }) };
      }),
    };
  });
  return sealBaseline({
    schema: BASELINE_SCHEMA,
    tools,
    policy: head.policy,
    scope: head.scope,
    modules,
    native: head.native && { ...head.native, ...nativeShown(evidence.native, base, head) },
    assumptions: head.assumptions,
    scores: {},
    accepted: [],
  });
}

/** The base's entry of a module; one that was moved keeps its name, by which anchors and smoke tests know it. */
const findBefore = (base: Baseline | undefined, { path, name }: DeclaredModule): BaselineModule | undefined =>
  base?.modules.find((m) => m.path === path) ?? base?.modules.find((m) => m.name === name);

const standing = (rungs: BaselineClaim['rungs']): number => {
  const first = RUNGS.findIndex((name) => rungs[name] !== 'passed');
  return first === -1 ? RUNGS.length : first;
};

/** The claims of one module from its runs and from the native results, each where there are some. */
function rate(module: InventoryModule, models: Source, native: Source): ClaimReport[] {
  const record = models.kind === 'record' ? models.record : undefined;
  const built = native.kind === 'record' ? native.record : undefined;
  if (record === undefined && built === undefined) return [];
  return rateEvidence([{ ...module, findings: record ? 'measured' : 'not measured' }], {
    models: record?.models ?? [],
    findings: record?.findings ?? [],
    ...(record?.probes === undefined ? {} : { probes: record.probes }),
    anchors: built?.anchors ?? null,
    smoke: built?.smoke ?? [],
    ...(built?.reachability === undefined ? {} : { reachability: built.reachability }),
    tools: (record ?? built)?.tools ?? [],
  });
}

function shownBy(source: Source, report: ClaimReport | undefined): Shown {
  if (source.kind !== 'record' || report === undefined) return UNSHOWN;
  const rungs = { ...UNSHOWN.rungs };
  for (const name of RUNGS) rungs[name] = report.rungs[name].state;
  return { outcome: report.outcome, rungs };
}

type Counted = Pick<BaselineModel, 'distinct' | 'initial'>;

/** States of a model that was explored to its end as declared. */
function countsIn(runs: readonly ModelRun[], model: string): Counted {
  const run = runs.find((r) => r.model === model && r.purpose.kind === 'declared');
  const reading = run?.attempts.at(-1)?.reading;
  if (run?.outcome.kind !== 'Holds' || reading === undefined) return {};
  const starts = reading.coverage.filter((action) => action.initial);
  const initial = starts.length === 0 ? undefined : starts.reduce((sum, a) => sum + a.distinct, 0);
  return present({ distinct: reading.counts.distinct, initial });
}

const present = (counts: { [key in keyof Counted]: number | undefined }): Counted =>
  Object.fromEntries(Object.entries(counts).filter(([, n]) => n !== undefined));

function nativeShown(
  source: Source,
  base: Baseline | undefined,
  head: Head,
): Pick<NonNullable<Baseline['native']>, 'smoke' | 'builds'> {
  switch (source.kind) {
    case 'base':
      return { smoke: base?.native?.smoke ?? [], builds: base?.native?.builds ?? [] };
    case 'record':
      return {
        smoke: source.record.smoke.map(({ name, claims, state }) => ({
          name,
          claims: [...claims].sort(),
          state,
          ...(head.smoke.get(name) ?? { asserts: [], text: '' }),
        })),
        builds: source.record.builds.filter((b) => b.state === 'built').map((b) => b.preset),
      };
    case 'none':
      return { smoke: [], builds: [] };
  }
}

/** Modules whose evidence the base cannot give: they, or what shows them, changed. Pure. */
export function findAffected(
  head: readonly DeclaredModule[],
  base: Baseline | undefined,
  tools: Tools,
): Set<string> {
  const isSame = base?.tools.workbench === tools.workbench && base.tools.jar === tools.jar;
  return new Set(
    head
      .filter((m) => {
        const before = base?.modules.find((b) => b.path === m.path);
        return !isSame || before === undefined || before.name !== m.name || before.inputs !== m.inputs;
      })
      .map((m) => m.path),
  );
}

/** Whether native code must be built and tested anew: it changed, or a claim that it may carry is new or another. */
export function isNativeAffected(head: Head, base: Baseline | undefined, tools: Tools): boolean {
  if (head.native === null) return false;
  if (base?.native?.inputs !== head.native.inputs || base.tools.workbench !== tools.workbench) return true;
  return head.modules.some((module) => {
    const before = findBefore(base, module);
    return module.claims.some(({ name, auxiliary }) => {
      const claim = before?.claims.find((c) => c.name === name);
      return claim === undefined || claim.auxiliary !== auxiliary;
    });
  });
}
