/** The stage that runs models: plans, schedules, starts TLC, judges. Contract: one ModelRun per planned run, whatever happens. */
import { join, relative } from 'node:path';
import type { Model } from '../domain/model.js';
import { Problem } from '../domain/problem.js';
import type { Attempt, ModelRun, Verdict } from '../domain/run-record.js';
import type { Outcome } from '../domain/outcome.js';
import { runCached, type RunResult } from '../engine/cached-run.js';
import { isCoverageFault, withoutCoverage } from '../engine/coverage-fault.js';
import { inputsHash, makeJob, runtimeSeconds, unsupportedMode, type JobSettings } from '../engine/job.js';
import { effectiveProfile, type Toolchain } from '../engine/launcher.js';
import type { Phase, Progress } from '../engine/progress.js';
import { constantsOf, planRuns, type PlannedRun } from '../engine/plan.js';
import { commandLine, type EngineJob } from '../engine/run-model.js';
import { readModules } from '../engine/module-files.js';
import { runScheduled, type Scheduled } from '../engine/schedule.js';
import { judge } from '../evidence/verdict.js';
import { sha256 } from '../host/files.js';
import { isInterrupted } from '../host/interruption.js';
import type { ModelInspection } from '../project/model-inspection.js';
import type { LoadedModule } from '../project/loaded-module.js';
import type { ResultCache } from '../store/cache/result-cache.js';
import { runKey } from '../store/seconds.js';
import { runName } from '../report/view/run-name.js';
import { findGraph } from './graph-stage.js';
import type { Live } from './live.js';

export interface StageContext {
  root: string;
  /** The Problem where a tool is missing: every run is then recorded as not run. */
  toolchain: Toolchain | Problem;
  settings: JobSettings;
  jobs: number;
  failFast: boolean;
  run: { id: string; folder: string };
  /** Every start of TLC goes through it: `runCached`. */
  cache: ResultCache;
  live: Live;
  /** Seconds of earlier runs by `runKey`. */
  history: Map<string, number>;
  inspectionOf: (model: Model) => ModelInspection;
}

/** A planned run with what is needed to start it. */
export interface StagedRun {
  planned: PlannedRun;
  module: LoadedModule;
  job: EngineJob;
  expectedSeconds: number;
}

const enabledNames = (planned: PlannedRun): string[] =>
  [...planned.config.invariants, ...planned.config.properties].map((p) => p.name);

/** The file name of a log: readable, unique by its number. */
function logName(index: number, planned: PlannedRun): string {
  const stem = planned.model.id.replace(/[^A-Za-z0-9.]+/g, '_').replace(/\.cfg$/, '');
  const what = planned.purpose.kind === 'full set' ? planned.purpose.property : planned.purpose.kind;
  return `logs/${String(index).padStart(4, '0')}-${stem}-${what.replace(/\W+/g, '_')}.log`;
}

/** Plans every run of the given models. */
export function stageRuns(
  modules: LoadedModule[],
  selected: (model: Model) => boolean,
  context: StageContext,
): StagedRun[] {
  const staged: StagedRun[] = [];
  for (const module of modules)
    for (const model of module.models.filter(selected))
      for (const planned of planRuns(model, module.claims)) {
        const name = logName(staged.length + 1, planned);
        const recorded = context.history.get(runKey(model.id, planned.purpose, enabledNames(planned).join()));
        const expectedSeconds = recorded ?? runtimeSeconds(model.declared.runtime);
        const job = makeJob(planned, expectedSeconds, context.settings, {
          assumeOnly: context.inspectionOf(model).assumeOnly,
          coverage: planned.purpose.kind === 'declared',
          log: { file: join(context.run.folder, name), name },
        });
        staged.push({ planned, module, job, expectedSeconds });
      }
  return staged;
}

/** The exact command lines, for `--dry-run`; as JSON one object with the argument vectors. */
export function dryRunText(staged: StagedRun[], toolchain: Toolchain, json: boolean): string {
  if (!json) return `${dryRunLines(staged, toolchain).join('\n')}\n`;
  const runs = staged.map(({ planned, job }) => {
    const { model, purpose } = planned;
    const unavailable = whyUnavailable(model);
    if (unavailable !== undefined) return { model: model.id, purpose, notRun: unavailable };
    return { model: model.id, purpose, command: commandLine(job, toolchain) };
  });
  return `${JSON.stringify({ runs })}\n`;
}

function dryRunLines(staged: StagedRun[], toolchain: Toolchain): string[] {
  const quote = (word: string): string =>
    /^[\w@%+=:,./<>-]+$/.test(word) ? word : `'${word.replace(/'/g, `'\\''`)}'`;
  return staged.map(({ planned, job }) => {
    const unavailable = whyUnavailable(planned.model);
    if (unavailable !== undefined) return `# ${planned.model.id}: not run: ${unavailable}`;
    return `# ${planned.model.id}\n${commandLine(job, toolchain).map(quote).join(' ')}`;
  });
}

function describe(
  staged: StagedRun,
  context: StageContext,
): Omit<ModelRun, 'attempts' | 'outcome' | 'verdict'> {
  const { planned, job } = staged;
  const { toolchain } = context;
  const closure = readModules({ closure: job.closure, generated: [] }).map((file) => ({
    path: relative(context.root, file.path),
    sha256: file.sha256,
  }));
  const config = sha256(job.configText);
  return {
    model: planned.model.id,
    module: planned.model.module,
    purpose: planned.purpose,
    role: planned.model.role,
    constants: constantsOf(planned.config),
    enabled: {
      invariants: planned.config.invariants.map((p) => p.name),
      properties: planned.config.properties.map((p) => p.name),
      deadlock: planned.config.checkDeadlock?.value ?? true,
    },
    assumptions: planned.model.declared.workbench?.assumptions ?? [],
    reductions: context
      .inspectionOf(planned.model)
      // A derived run may go without symmetry.
      .reductions.filter(
        (r) => r.kind !== 'SYMMETRY' || planned.config.symmetry.some((s) => s.name === r.name),
      )
      .map(({ kind, name }) => ({ kind, name })),
    closure,
    config: { path: planned.model.id, sha256: config },
    inputs: inputsHash(closure, config, toolchain instanceof Problem ? '' : toolchain.jar.sha256, job),
    profile: toolchain instanceof Problem ? job.profile : effectiveProfile(toolchain, job.profile),
    seed: job.seed,
    fingerprint: job.fingerprint,
  };
}

/** A run that was not started: it is recorded, and it is no pass. */
function notRun(base: Omit<ModelRun, 'attempts' | 'outcome' | 'verdict'>, reason: string): ModelRun {
  const outcome: Outcome = { kind: 'NotRun', reason };
  const verdict: Verdict = { asDeclared: false, incomplete: true, reason: `not run: ${reason}` };
  return { ...base, attempts: [], outcome, verdict };
}

/** Why this engine cannot run a model, whatever its configuration says; undefined when it can. */
const whyUnavailable = (model: Model): string | undefined => model.unavailable ?? unsupportedMode(model.mode);

/** Why a run is not started now; undefined when it is. */
function whyNotStarted(model: Model, context: StageContext, stop: () => boolean): string | undefined {
  if (isInterrupted()) return 'interrupted before it began';
  if (context.toolchain instanceof Problem) return context.toolchain.message;
  const unavailable = whyUnavailable(model);
  if (unavailable !== undefined) return unavailable;
  return stop() ? '--fail-fast: an earlier model is not as declared' : undefined;
}

/** Runs one staged run to its verdict. */
export async function runStaged(
  staged: StagedRun,
  context: StageContext,
  stop: () => boolean,
): Promise<ModelRun> {
  const { planned, job } = staged;
  const base = describe(staged, context);
  const { toolchain } = context;
  const name = runName(base);
  const shown = context.live.start(name);
  const reason = whyNotStarted(planned.model, context, stop);
  if (reason !== undefined || toolchain instanceof Problem) {
    const run = notRun(base, reason ?? 'a tool is missing');
    shown.end(run);
    return run;
  }
  const inspection = context.inspectionOf(planned.model);
  const judged = (attempt: Attempt): Verdict =>
    judge(planned.model.declared, inspection, attempt.reading, planned.purpose);
  const watch = {
    onProgress: (progress: Progress) => {
      shown.progress(progress);
    },
    onPhase: (phase: Phase) => {
      shown.phase(phase);
    },
  };
  const place = { toolchain, cache: context.cache, runId: context.run.id };
  // With several workers TLC's depth may vary: what is not as declared then is not kept, but shown anew each time.
  const run = (asked: EngineJob): Promise<RunResult> =>
    runCached(asked, place, watch, (made) => job.workers === 1 || judged(made).asDeclared);
  const first = await run(job);
  const isFault = isCoverageFault(first.attempt);
  const { attempt, reused } = isFault ? await run(withoutCoverage(job)) : first;
  const outcome = attempt.reading.outcome;
  const verdict = judged(attempt);
  const graph =
    planned.purpose.kind === 'declared' ? await findGraph(job, attempt, context.run.folder, run) : {};
  const made: ModelRun = {
    ...base,
    attempts: isFault ? [first.attempt, attempt] : [attempt],
    ...(reused ? { reused } : {}),
    outcome,
    verdict,
    ...graph,
  };
  shown.end(made);
  return made;
}

/** Runs everything staged within the budget, longest first. */
export async function runModels(staged: StagedRun[], context: StageContext): Promise<ModelRun[]> {
  context.live.expect(staged.length);
  let failed = false;
  const jobs: Scheduled<ModelRun>[] = staged.map((one) => ({
    expectedSeconds: one.expectedSeconds,
    large: one.job.workers > 1,
    run: async () => {
      const run = await runStaged(one, context, () => failed && context.failFast);
      failed ||= !run.verdict.asDeclared && !run.verdict.incomplete;
      return run;
    },
  }));
  return runScheduled(jobs, context.jobs);
}
