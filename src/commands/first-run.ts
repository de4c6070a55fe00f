/**
 * The first run of models that nobody has declared yet. Contract: leaves a record like every run; what it showed goes
 * into entries that say they are observed; a module that cannot be read at all is left out with its reason.
 */
import type { ManifestModel, ManifestModule } from '../domain/manifest.js';
import { Problem, type ExitCode } from '../domain/problem.js';
import type { ModelRun } from '../domain/run-record.js';
import { describeOutcome, whichStates } from '../evidence/shown.js';
import { judge, staleTranslations } from '../evidence/verdict.js';
import type { Said } from '../init/discovery.js';
import type { Draft } from '../init/drafts.js';
import { observeModel, type Seen } from '../init/observed-model.js';
import { note } from '../host/output.js';
import { inspectModel } from '../project/inspection.js';
import { makeModel, type LoadedModule } from '../project/loaded-module.js';
import { loadDeclared } from '../project/modules.js';
import type { Project } from '../project/project.js';
import { oneLine } from '../report/formats/control-characters.js';
import type { Paint } from '../report/paint.js';
import { recordFirstRun } from './first-run-record.js';
import { startLive } from './live.js';
import { runModels, stageRuns } from './model-stage.js';
import { inspectProblems } from './problems.js';
import type { RunOptions } from './run-options.js';
import { closeCaches, findToolchain, openSession } from './session.js';

export interface FirstRun {
  /** Modules with their observed models, by the path of their manifest. */
  manifests: Map<string, ManifestModule[]>;
  leftOut: Said[];
  /** Id of the record; absent where nothing ran. */
  record?: string;
  /** Writes the record, where there is one, with the exit code of the command: only its end knows that. */
  keep: (exitCode: ExitCode) => Promise<void>;
  models: { path: string; module: string; result: string; observed: string }[];
}

interface Loaded {
  draft: Draft;
  module: LoadedModule;
}

/** Runs every model of the drafts, or says of each why it did not: `notRun`. */
export async function observeDrafts(
  drafts: readonly Draft[],
  project: Project,
  options: RunOptions,
  notRun: string | undefined,
): Promise<FirstRun> {
  const { loaded, leftOut } = await loadDrafts(drafts, project);
  const first: FirstRun = { manifests: new Map(), leftOut, models: [], keep: () => Promise.resolve() };
  const day = new Date().toISOString().slice(0, 10);
  if (notRun !== undefined || loaded.every(({ module }) => module.models.length === 0)) {
    for (const one of loaded) addManifest(first, one, () => ({ notRun: notRun ?? '' }), day);
    return first;
  }
  const toolchain = await findToolchain(project);
  if (toolchain instanceof Problem) throw toolchain;
  const modules = loaded.map(({ module }) => module);
  const session = await openSession(project, modules, toolchain, { ...options, quiet: true }, 'stdout');
  session.context.live.stop();
  const live = startLive({
    quiet: options.quiet,
    lines: options.json ? 'stderr' : 'stdout',
    line: observedLine,
  });
  const context = { ...session.context, live };
  const staged = stageRuns(modules, () => true, context);
  // Nobody knows yet how long this takes; where no display moves, nothing else would be said for minutes.
  if (!options.quiet)
    note(
      `running ${staged.length} model(s) once, each for ${context.settings.timeoutSeconds} s at most (--timeout, --no-run)\n`,
    );
  const runs = await runModels(staged, context);
  live.stop();
  closeCaches(session);
  for (const one of loaded) addManifest(first, one, (model) => seenOf(runs, model), day);
  const judged = runs.map((run) => judgeAgain(run, first, modules));
  first.record = session.runId;
  first.keep = (exitCode) => recordFirstRun({ models: judged, session, project, toolchain }, exitCode);
  return first;
}

/** The modules of the drafts as they will be declared; one with a problem would keep every check from starting. */
async function loadDrafts(
  drafts: readonly Draft[],
  project: Project,
): Promise<{ loaded: Loaded[]; leftOut: Said[] }> {
  const loaded: Loaded[] = [];
  const leftOut: Said[] = [];
  for (const draft of drafts) {
    const models = draft.configs.map(({ path }) => ({ path, result: 'unknown' as const }));
    const declared = { path: draft.module.path, models };
    const { modules, problems } = await loadDeclared(project, draft.manifest, [declared]);
    const [problem] = [...problems, ...inspectProblems(modules, () => true)];
    const [module] = modules;
    if (problem === undefined && module !== undefined) loaded.push({ draft, module });
    else leftOut.push(...models.map(({ path }) => ({ path, reason: problem?.message ?? 'cannot be read' })));
  }
  return { loaded, leftOut };
}

function seenOf(runs: readonly ModelRun[], model: string): Seen {
  const run = runs.find((r) => r.model === model);
  const attempt = run?.attempts.at(-1);
  if (attempt !== undefined) return { reading: attempt.reading, milliseconds: attempt.milliseconds };
  return { notRun: run?.outcome.kind === 'NotRun' ? run.outcome.reason : 'not run' };
}

/** Adds what was seen of one module's models; what TLC cannot read is left out, as it could never be as declared. */
function addManifest(first: FirstRun, one: Loaded, seen: (model: string) => Seen, day: string): void {
  const { draft, module } = one;
  const note =
    draft.module.plusCal === 'unchecked'
      ? 'Its PlusCal translation carries no checksums, so that nobody sees when it is stale.'
      : undefined;
  const models: ManifestModel[] = [];
  for (const model of module.models) {
    const shown = seen(model.id);
    if ('reading' in shown && shown.reading.outcome.kind === 'SpecError') {
      first.leftOut.push({ path: model.id, reason: oneLine(describeOutcome(shown.reading, 'reachable')) });
      continue;
    }
    const entry = observeModel(model.id, model.config, shown, { day, note });
    models.push(entry);
    const observed = entry.workbench?.observed ?? '';
    first.models.push({ path: model.id, module: module.fileRel, result: entry.result, observed });
  }
  if (models.length === 0) return;
  const features = draft.module.plusCal === 'none' ? [] : ['pluscal'];
  const dependencies = draft.missing.length > 0 ? { communityDependencies: draft.missing } : {};
  const written = first.manifests.get(draft.manifest) ?? [];
  written.push({ path: module.fileRel, ...dependencies, features, models });
  first.manifests.set(draft.manifest, written);
}

/** The verdict under the declaration that was made of the run: the one that the next check begins with. */
function judgeAgain(run: ModelRun, first: FirstRun, modules: readonly LoadedModule[]): ModelRun {
  const entries = [...first.manifests.values()].flat().flatMap((m) => m.models);
  const entry = entries.find((m) => m.path === run.model);
  const module = modules.find((m) => m.models.some((model) => model.id === run.model));
  const old = module?.models.find((model) => model.id === run.model);
  const attempt = run.attempts.at(-1);
  if (entry === undefined || module === undefined || old === undefined || attempt === undefined) return run;
  const parts = { id: old.id, text: old.configText, config: old.config };
  const model = makeModel(module, old.closure, entry, parts);
  const inspection = inspectModel(model, module, module.outlines);
  const verdict = judge(entry, inspection, attempt.reading, run.purpose);
  return { ...run, role: model.role, verdict };
}

/** `seen specs/Foo.cfg  holds in all 3 reachable states  0.4 s`. */
function observedLine(run: ModelRun, paint: Paint): string {
  const attempt = run.attempts.at(-1);
  const shown =
    attempt === undefined
      ? run.verdict.reason
      : [
          describeOutcome(attempt.reading, whichStates(run.reductions)),
          ...staleTranslations(attempt.reading),
        ].join('; ');
  const mark = run.outcome.kind === 'Holds' ? paint.green('seen') : paint.yellow('seen');
  const seconds = attempt ? paint.dim(`${(attempt.milliseconds / 1000).toFixed(1)} s`) : '';
  return `${mark} ${oneLine(run.model)}  ${oneLine(shown)}  ${seconds}`.trimEnd();
}
