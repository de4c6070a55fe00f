/** What every command that runs models needs: the project, the tools, the budget, a folder under runs/, and its end. */
import type { Model } from '../domain/model.js';
import { EXIT, Problem } from '../domain/problem.js';
import { RECORD_SCHEMA, type RunRecord } from '../domain/run-record.js';
import type { JobSettings } from '../engine/job.js';
import type { Toolchain } from '../engine/launcher.js';
import { prepareToolchain } from '../engine/toolchain.js';
import { planBudget } from '../host/budget.js';
import { readGit } from '../host/git.js';
import { isInterrupted } from '../host/interruption.js';
import { note } from '../host/output.js';
import { readPackage } from '../host/program-files.js';
import { inspectModel } from '../project/inspection.js';
import type { ModelInspection } from '../project/model-inspection.js';
import type { LoadedModule } from '../project/loaded-module.js';
import { PROJECT_FILE, type Project } from '../project/project.js';
import { recordedSeconds } from '../store/history.js';
import { openFileHashes, type FileHashes } from '../store/cache/file-hashes.js';
import { hashProgram } from '../store/cache/program.js';
import { openResultCache } from '../store/cache/result-cache.js';
import { openRun } from '../store/records.js';
import { startLive } from './live.js';
import type { StageContext } from './model-stage.js';
import type { RunOptions } from './run-options.js';

/** Deadline of one run where nobody says otherwise. */
const DEFAULT_TIMEOUT_SECONDS = 300;
/** From here on a run gains more from all cores and the optimising compiler than it loses by a slow start. */
const DEFAULT_LARGE_FROM_SECONDS = 25;

/** The toolchain, or the Problem that says what is missing: models are then recorded as not run. */
export async function findToolchain(project: Project): Promise<Toolchain | Problem> {
  try {
    return await prepareToolchain({
      ...(project.jar === undefined ? {} : { jarSources: project.jar.sources }),
      onNote: (line) => {
        note(`${line}\n`);
      },
    });
  } catch (error) {
    if (error instanceof Problem && error.exit === EXIT.environment) return error;
    throw error;
  }
}

/** Budget from flags, then workbench.json, then the machine. */
export function readSettings(project: Project, options: RunOptions): { settings: JobSettings; jobs: number } {
  const { budgets } = project;
  const budget = planBudget({
    jobs: options.jobs ?? budgets.jobs,
    memoryMb: options.memory ?? budgets.memoryMb,
  });
  return {
    jobs: budget.jobs,
    settings: {
      cores: budget.cores,
      heapMb: budget.heapMb,
      wholeHeapMb: Math.max(budget.heapMb, Math.min(budget.memoryMb, 8192)),
      timeoutSeconds: options.timeout ?? budgets.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS,
      largeFromSeconds: budgets.largeFromSeconds ?? DEFAULT_LARGE_FROM_SECONDS,
    },
  };
}

export interface Session {
  context: StageContext;
  runId: string;
  startedAt: Date;
  /** What is checked out as the run begins. */
  git: ReturnType<typeof readGit>;
  /** Hashes of artefacts, remembered. */
  hashes: FileHashes;
  /** Nothing of an earlier run is reused. */
  fresh: boolean;
}

/** Nothing more will be kept: evicts what does not fit, and writes down what was learnt. */
export function closeCaches({ context, hashes }: Session): void {
  context.cache.close();
  hashes.close();
}

/** What of the repository has a part in a run. */
function usedPaths(project: Project, modules: readonly LoadedModule[]): string[] {
  const { native } = project;
  return [
    PROJECT_FILE,
    ...(native ? [native.root, ...native.covered] : []),
    ...modules.flatMap((m) => [
      ...(m.manifestRel === undefined ? [] : [m.manifestRel]),
      ...m.outlines.map((outline) => outline.file),
      ...m.models.map((model) => model.id),
    ]),
  ];
}

/** Opens a run: its folder, its display, the inspections of its modules. */
export async function openSession(
  project: Project,
  modules: LoadedModule[],
  toolchain: Toolchain | Problem,
  options: RunOptions,
  lines: 'stdout' | 'stderr',
): Promise<Session> {
  const startedAt = new Date();
  const { settings, jobs } = readSettings(project, options);
  const inspections = new Map<Model, ModelInspection>(
    modules.flatMap((m) => m.models.map((model) => [model, inspectModel(model, m, m.outlines)] as const)),
  );
  // What is left out is no pass, so nobody may forget it.
  if (!options.quiet)
    for (const { path, reason } of project.leftOut) note(`left out ${path}  workbench.json: ${reason}\n`);
  const history = await recordedSeconds(project.root);
  const run = await openRun(project.root, startedAt);
  return {
    runId: run.id,
    startedAt,
    git: readGit(project.root, usedPaths(project, modules)),
    fresh: options.fresh,
    hashes: openFileHashes({ fresh: options.fresh }),
    context: {
      root: project.root,
      toolchain,
      settings,
      jobs,
      failFast: options.failFast,
      run,
      cache: openResultCache({
        fresh: options.fresh,
        onNote: (line) => {
          note(`${line}\n`);
        },
      }),
      live: startLive({ quiet: options.quiet, lines: options.json ? 'stderr' : lines }),
      history,
      inspectionOf: (model) => {
        const inspection = inspections.get(model);
        if (!inspection) throw new Error(`not inspected: ${model.id}`);
        return inspection;
      },
    },
  };
}

/** The folders of the program that a result may depend on: all but those that only show, compare or set up. */
export const EVIDENCE_PARTS = [
  ...['domain', 'host', 'source', 'project', 'store', 'engine', 'native', 'evidence', 'commands'],
];

/** What tells two programs apart that may come to different results. */
export const hashEvidenceProgram = (): string => hashProgram(EVIDENCE_PARTS);

/** Versions of everything a result depends on. */
export function toolVersions(
  toolchain: Toolchain | Problem,
  engineVersion: string | undefined,
): RunRecord['tools'] {
  const own = [
    { name: 'workbench', version: readPackage().version, sha256: hashEvidenceProgram() },
    { name: 'node', version: process.version },
  ];
  if (toolchain instanceof Problem) return own;
  return [
    ...own,
    { name: 'java', version: toolchain.java.version },
    { name: 'tlc', version: engineVersion ?? 'unknown', sha256: toolchain.jar.sha256 },
    ...(toolchain.launcher ? [{ name: 'launcher', version: '1', sha256: toolchain.launcher.sha256 }] : []),
  ];
}

/** The parts of a record that do not depend on what was run. */
export async function recordFrame(
  session: Session,
  command: string[],
): Promise<Pick<RunRecord, 'schema' | 'id' | 'command' | 'startedAt' | 'finishedAt' | 'state' | 'git'>> {
  return {
    schema: RECORD_SCHEMA,
    id: session.runId,
    command,
    startedAt: session.startedAt.toISOString(),
    finishedAt: new Date().toISOString(),
    state: isInterrupted() ? 'interrupted' : 'finished',
    git: await session.git,
  };
}
