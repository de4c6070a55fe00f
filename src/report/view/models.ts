/** Models for the view: what is declared beside what every run showed. Pure. */
import type { DeclaredModel, Inventory, InventoryModule } from '../../domain/inventory.js';
import type { ActionCoverage } from '../../domain/outcome.js';
import type { ModelRun } from '../../domain/run-record.js';
import { describeOutcome, whichStates } from '../../evidence/shown.js';
import { addLazy } from '../../host/lazy.js';
import { filesOf, hasBehaviour, viewBehaviour, type FileOf } from './behaviours.js';
import { addGraph, type Graphs } from './graphs.js';
import { groupBy, type Sourced } from './merge.js';
import type { ActionCount, ModelView, RunView } from './model-view.js';
import { runName } from './run-name.js';
import { standingOfVerdict, worstOf } from './standing.js';

/** Every model that was declared or run, in the order of the manifests, what only a run knows behind. */
export function viewModels(
  inventory: Inventory,
  runs: readonly Sourced<ModelRun>[],
  graphs: Graphs | undefined,
): ModelView[] {
  const byModel = groupBy(runs, (run) => run.model);
  const declared = inventory.modules.flatMap((module) =>
    module.models.map((model) => viewModel(model.id, module, model, byModel.get(model.id) ?? [], graphs)),
  );
  const known = new Set(declared.map((model) => model.id));
  const others = [...byModel].filter(([id]) => !known.has(id));
  return [...declared, ...others.map(([id, own]) => viewModel(id, undefined, undefined, own, graphs))];
}

function viewModel(
  id: string,
  module: InventoryModule | undefined,
  declared: DeclaredModel | undefined,
  runs: Sourced<ModelRun>[],
  graphs: Graphs | undefined,
): ModelView {
  const order = (run: ModelRun): number =>
    ['declared', 'full set', 'the rest', 'probe'].indexOf(run.purpose.kind);
  const sorted = [...runs].sort((a, b) => order(a) - order(b));
  const views = sorted.map((run) => viewRun(run, graphs));
  const first = sorted.find((run) => run.purpose.kind === 'declared');
  const firstView = views.find((run) => run.purpose.kind === 'declared');
  const standing = worstOf(views.map((view) => view.standing));
  const enabled = first?.enabled ?? declared?.enabled;
  const name = module?.name ?? first?.module ?? runs[0]?.module ?? '';
  return {
    id,
    module: name,
    role: declared?.role ?? runs[0]?.role ?? 'unknown',
    standing,
    reason:
      (standing === 'as declared' ? firstView : views.find((view) => view.standing === standing))?.reason ??
      'none of these runs was asked for it',
    declared: declared ? describeDeclared(declared) : null,
    constants:
      first?.constants ?? Object.fromEntries((declared?.constants ?? []).map((c) => [c.name, c.value])),
    assumptions: first?.assumptions ?? declared?.declared.workbench?.assumptions ?? [],
    claims: [...(enabled?.invariants ?? []), ...(enabled?.properties ?? [])]
      .filter((claim) => module === undefined || module.claims.some((c) => c.name === claim))
      .map((claim) => `${name}!${claim}`),
    violates: violatedIn(sorted),
    states: firstView?.counts.distinct ?? null,
    seconds: views.reduce((sum, view) => sum + view.seconds, 0),
    runs: views,
  };
}

function describeDeclared({ declared }: DeclaredModel): NonNullable<ModelView['declared']> {
  const own = declared.workbench ?? {};
  return {
    result: declared.result,
    text: own.violates === undefined ? declared.result : `${declared.result}: violates ${own.violates}`,
    ...(own.checks === undefined ? {} : { checks: own.checks }),
    ...(own.violates === undefined ? {} : { violates: own.violates }),
    alsoViolates: own.alsoViolates ?? [],
    ...(own.variantOf === undefined ? {} : { variantOf: own.variantOf }),
    differsIn: own.differsIn ?? [],
    reduces: own.reduces ?? [],
    ...(declared.distinctStates === undefined ? {} : { distinctStates: declared.distinctStates }),
    ...(declared.totalStates === undefined ? {} : { totalStates: declared.totalStates }),
    ...(declared.stateDepth === undefined ? {} : { stateDepth: declared.stateDepth }),
    ...(own.note === undefined ? {} : { note: own.note }),
  };
}

/** The claims that a model's runs showed to be violated; null where some run did not come to an end. */
export function violatedIn(runs: readonly ModelRun[]): string[] | null {
  const own = runs.filter((run) => run.purpose.kind !== 'probe');
  if (own.length === 0 || own.some((run) => run.verdict.incomplete && !run.verdict.asDeclared)) return null;
  const names = own.flatMap((run) => {
    if (run.outcome.kind === 'Deadlock') return ['Deadlock'];
    if (run.outcome.kind !== 'Violated') return [];
    return [run.outcome.property ?? run.enabled.properties[0] ?? 'a property'];
  });
  return [...new Set(names)].sort();
}

function viewRun(run: Sourced<ModelRun>, graphs: Graphs | undefined): RunView {
  const last = run.attempts.at(-1);
  const reading = last?.reading;
  const fileOf = filesOf(run);
  const view: RunView = {
    name: runName(run),
    record: run.record,
    purpose: run.purpose,
    standing: standingOfVerdict(run.verdict),
    reason: run.verdict.reason,
    outcome: run.outcome,
    shown: reading ? describeOutcome(reading, whichStates(run.reductions)) : run.verdict.reason,
    enabled: run.enabled,
    reductions: run.reductions ?? [],
    counts: reading?.counts ?? {},
    seconds: (last?.milliseconds ?? 0) / 1000,
    attempts: run.attempts.map((attempt) => ({
      startedAt: attempt.startedAt,
      seconds: attempt.milliseconds / 1000,
      command: attempt.command,
      exit: attempt.exit,
      signal: attempt.signal,
      log: `runs/${run.record}/${attempt.log}`,
    })),
    seed: run.seed,
    fingerprint: run.fingerprint,
    profile: run.profile,
    inputs: run.inputs,
    ...(reading?.collisionProbability === undefined
      ? {}
      : { collisionProbability: reading.collisionProbability }),
    messages: reading?.messages ?? [],
    coverage: (reading?.coverage ?? []).map((action) => viewAction(action, run.module, fileOf)),
    ...(run.conjunct ? { conjunct: run.conjunct } : {}),
    ...(last?.samples ? { samples: last.samples } : {}),
    ...(run.reused ? { reused: run.reused } : {}),
  };
  addGraph(view, run, graphs);
  // A screen shows few of some hundred behaviours: each is described when it is asked for.
  return hasBehaviour(run) ? addLazy(view, 'behaviour', () => viewBehaviour(run)) : view;
}

function viewAction(action: ActionCoverage, module: string, fileOf: FileOf): ActionCount {
  const { span } = action;
  return {
    name: action.name,
    module: span?.module ?? module,
    initial: action.initial,
    distinct: action.distinct,
    total: action.total,
    ...(span
      ? {
          place: {
            path: fileOf(span.module) ?? span.module,
            line: span.line,
            column: span.column,
            endLine: span.endLine,
            endColumn: span.endColumn,
          },
        }
      : {}),
  };
}
