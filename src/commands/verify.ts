/** `verify`: everything. Models with their full sets, probes, anchors, build, smoke tests; then the ladder, a record, one screen. */
import { EXIT, Problem, type ExitCode } from '../domain/problem.js';
import type { ModelRun, RunRecord } from '../domain/run-record.js';
import type { SmokeTest } from '../domain/smoke.js';
import type { Toolchain } from '../engine/launcher.js';
import { runScheduled } from '../engine/schedule.js';
import { exitCodeOf } from '../evidence/exit-code.js';
import { tieClaims } from '../evidence/handler-claims.js';
import { takeInventory } from '../evidence/inventory.js';
import { rateEvidence } from '../evidence/rating.js';
import { print } from '../host/output.js';
import { readTerminal } from '../host/terminal.js';
import type { LoadedModule } from '../project/loaded-module.js';
import { collectModules, withoutTwins } from '../project/modules.js';
import { findRoot, readProject, type Project } from '../project/project.js';
import { seenJson } from '../report/formats/control-characters.js';
import { makePaint } from '../report/paint.js';
import { verifyLines } from '../report/verify-output.js';
import { keepBesides } from '../store/besides.js';
import { removeRun, writeRecord } from '../store/records.js';
import { findModuleFindings } from './claim-results.js';
import { describeExits, type WorkbenchCommand } from './command.js';
import { hashDeclared } from './declared-files.js';
import { dryRunText, runModels, stageRuns, type StagedRun } from './model-stage.js';
import { runHandlers, type HandlerResults } from './handler-results.js';
import { inspectNative, NO_NATIVE, runNative } from './native-results.js';
import { probeConjunct } from './probe-stage.js';
import { inspectProblems, reportProblems } from './problems.js';
import { besidesFor, deliverReports, viewRecords } from './report-stage.js';
import { announceOnGitHub } from './github.js';
import { addRunOptions, readRunOptions, type RunOptions } from './run-options.js';
import {
  closeCaches,
  findToolchain,
  openSession,
  recordFrame,
  toolVersions,
  type Session,
} from './session.js';

/** Adds the false conjunct to violations nobody declared. */
async function explainRed(runs: ModelRun[], staged: StagedRun[], session: Session): Promise<ModelRun[]> {
  const explained: ModelRun[] = [];
  for (const [i, run] of runs.entries()) {
    const from = staged[i];
    const wanted = from !== undefined && !run.verdict.asDeclared && run.outcome.kind === 'Violated';
    const conjunct = wanted ? await probeConjunct(run, from, session.context) : undefined;
    explained.push(conjunct ? { ...run, conjunct } : run);
  }
  return explained;
}

async function showResult(root: string, record: RunRecord, options: RunOptions): Promise<void> {
  const view = await viewRecords(root, {
    records: [record],
    unread: [],
    ...besidesFor(options.reports),
  });
  if (options.json) print(`${seenJson(record)}\n`);
  else {
    const terminal = readTerminal();
    print(`${verifyLines(view, terminal.width, makePaint(terminal.color)).join('\n')}\n`);
  }
  await deliverReports(view, options.reports);
  await announceOnGitHub(root, view, options.reports);
}

const NO_HANDLERS: HandlerResults = { problems: [] };

/** What one verification covers. */
export interface Scope {
  /** Every module of the project: anchors and smoke tests may name claims of each. */
  all: LoadedModule[];
  /** Those whose models are run and whose claims are rated. */
  chosen: LoadedModule[];
  /** Whether native code is built, tested and followed. */
  native: boolean;
  /** The smoke tests, where they have been read already. */
  tests?: readonly SmokeTest[];
}

/** Runs what is staged and the native stages, folds it into claims, writes the record. */
export async function gatherEvidence(
  project: Project,
  scope: Scope,
  toolchain: Toolchain | Problem,
  session: Session,
  staged: StagedRun[],
): Promise<RunRecord> {
  const { live } = session.context;
  const declared = await hashDeclared(project, scope.all);
  // Smoke tests mostly wait for each other's steps: side by side with the models they cost next to nothing.
  const [native, handlers, runs] = await Promise.all([
    scope.native ? runNative(project, scope.all, session, scope.tests) : NO_NATIVE,
    scope.native ? runHandlers(project, session) : NO_HANDLERS,
    runModels(staged, session.context),
  ]);
  // Probes start TLC too: as many at once as the budget allows.
  const evidence = await runScheduled(
    scope.chosen.map((m) => ({
      expectedSeconds: 0,
      large: false,
      run: () => findModuleFindings(m, staged, runs, session),
    })),
    session.context.jobs,
  );
  const models = await explainRed(runs, staged, session);
  live.stop();
  closeCaches(session);

  const engine = runs
    .flatMap((r) => r.attempts.map((a) => a.reading.engineVersion))
    .find((v) => v !== undefined);
  const tools = toolVersions(toolchain, engine);
  const reachability =
    handlers.reachability && tieClaims(handlers.reachability, native.anchors?.functions ?? []);
  const environment = toolchain instanceof Problem ? [toolchain] : [];
  const results = {
    models,
    builds: native.builds,
    smoke: native.smoke,
    anchors: native.anchors,
    ...(reachability === undefined ? {} : { reachability }),
    findings: evidence.flatMap((e) => e.findings ?? []),
    probes: evidence.flatMap((e) => e.probes),
    declared,
  };
  const frame = await recordFrame(session, process.argv.slice(2));
  const found = [...environment, ...native.problems, ...handlers.problems];
  const isWhole = scope.native && scope.chosen.length === scope.all.length;
  const inventory = takeInventory({
    // A part of the project cannot reach the rungs that the rest of it carries.
    requiredRung: isWhole ? project.requiredRung : 0,
    assumptions: project.assumptions,
    modules: scope.all,
    measured: new Set(evidence.flatMap((e) => (e.findings ? [e.module.name] : []))),
  });
  const rated = inventory.modules.filter((m) => scope.chosen.some((c) => c.fileRel === m.path));
  const claims = rateEvidence(rated, { ...results, reachability, tools });
  const { requiredRung } = inventory;
  const exitCode = exitCodeOf({ ...results, claims, state: frame.state, problems: found, requiredRung });
  const record = await writeRecord(project.root, {
    ...results,
    ...frame,
    claims,
    inventory,
    tools,
    problems: found.map(({ code, message, hint, exit }) => ({ code, message, hint, exit })),
    exitCode,
  });
  await keepBesides(project.root, record);
  return record;
}

async function runVerify(options: RunOptions): Promise<ExitCode> {
  const read = readProject(findRoot(process.cwd()));
  if (read.problems.length > 0) throw reportProblems(read.problems);
  const { project } = read;
  const { modules, problems } = await collectModules(project);
  const wrong = withoutTwins([...problems, ...inspectProblems(modules, () => true)]);
  // Of a module that cannot be read no claim is known.
  const declared = wrong.length === 0 ? await inspectNative(project, modules) : { problems: [] };
  wrong.push(...declared.problems);
  if (wrong.length > 0) throw reportProblems(wrong);
  if (modules.every((m) => m.models.length === 0))
    throw new Problem(
      'NO-MODELS',
      `${project.specs}/: no manifest names a model`,
      'add specs/<Module>/manifest.json; docs/manifest.md shows one',
    );
  const toolchain = await findToolchain(project);
  const session = await openSession(project, modules, toolchain, options, 'stderr');
  const staged = stageRuns(modules, () => true, session.context);
  if (options.dryRun) {
    session.context.live.stop();
    await removeRun(project.root, session.runId);
    if (toolchain instanceof Problem) throw toolchain;
    print(dryRunText(staged, toolchain, options.json));
    return EXIT.asDeclared;
  }
  const { tests } = declared;
  const scope = { all: modules, chosen: modules, native: true, ...(tests ? { tests } : {}) };
  const record = await gatherEvidence(project, scope, toolchain, session, staged);
  await showResult(project.root, record, options);
  return record.exitCode as ExitCode;
}

export const verify: WorkbenchCommand = {
  name: 'verify',
  register: (program, run) => {
    addRunOptions(
      program
        .command('verify')
        .description('run everything: models, anchors, build, smoke tests; ends with one screen'),
    )
      .addHelpText('after', describeExits())
      .action((raw) => run(() => runVerify(readRunOptions(raw))));
  },
};
