/** `verify`: everything. Models with their full sets, probes, anchors, build, smoke tests; then the ladder, a record, one screen. */
import type { ClaimReport, Finding } from '../domain/claim.js';
import { EXIT, Problem, type ExitCode } from '../domain/problem.js';
import type { AnchorMap, BuildResult, ModelRun, RunRecord } from '../domain/run-record.js';
import type { SmokeResult } from '../domain/smoke.js';
import { foldClaimMap } from '../evidence/claim-map.js';
import { exitCodeOf } from '../evidence/exit-code.js';
import { rateClaims } from '../evidence/ladder.js';
import { findInSpec, variablesRead } from '../evidence/spec-findings.js';
import { print } from '../host/output.js';
import { readTerminal } from '../host/terminal.js';
import { findExtended } from '../project/module-closure.js';
import type { LoadedModule } from '../project/loaded-module.js';
import { collectModules, withoutTwins } from '../project/modules.js';
import { findRoot, readProject, type Project } from '../project/project.js';
import { makePaint } from '../report/paint.js';
import { tableLines } from '../report/model-table.js';
import { renderVerifyScreen } from '../report/verify-screen.js';
import { violationLines } from '../report/violation-lines.js';
import { removeRun, writeRecord } from '../store/records.js';
import { readAnchors } from '../source/anchors.js';
import { runNativeStage } from '../native/native-stage.js';
import { describeExits, type WorkbenchCommand } from './command.js';
import { dryRunLines, runModels, stageRuns, type StagedRun } from './model-stage.js';
import { probeConjunct, probeVariables } from './probe-stage.js';
import { inspectProblems, reportProblems } from './problems.js';
import { addRunOptions, readRunOptions, type RunOptions } from './run-options.js';
import { findToolchain, openSession, recordFrame, toolVersions, type Session } from './session.js';

interface NativeResults {
  anchors: AnchorMap | null;
  builds: BuildResult[];
  smoke: SmokeResult[];
  problems: Problem[];
}

/** Reads anchors, builds, runs smoke tests; a broken tests file is a problem of the input, not a crash. */
async function runNative(
  project: Project,
  modules: LoadedModule[],
  session: Session,
): Promise<NativeResults> {
  if (!project.native) return { anchors: null, builds: [], smoke: [], problems: [] };
  const read = await readAnchors(project.root, project.native.covered);
  const anchors: AnchorMap = { ...read, faults: foldClaimMap(modules, read).faults };
  const claims = new Set(modules.flatMap((m) => Object.keys(m.claims).map((c) => `${m.name}!${c}`)));
  try {
    const { builds, smoke } = await runNativeStage(project.root, project.native, {
      logFolder: `${session.context.run.folder}/logs`,
      claims,
      onBuild: (build) => {
        session.context.live.say(
          `${build.state === 'built' ? 'ok  ' : 'open'} build ${build.preset}  ${build.state} ${build.reason}`.trimEnd(),
        );
      },
      onResult: (result) => {
        session.context.live.say(
          `${result.state === 'passed' ? 'ok  ' : 'FAIL'} smoke test ${result.name}  ${result.reason}`.trimEnd(),
        );
      },
    });
    return { anchors, builds, smoke, problems: [] };
  } catch (error) {
    if (error instanceof Problem) return { anchors, builds: [], smoke: [], problems: [error] };
    throw error;
  }
}

interface ModuleEvidence {
  module: LoadedModule;
  runs: ModelRun[];
  findings: Finding[] | undefined;
}

async function findModuleFindings(
  module: LoadedModule,
  staged: StagedRun[],
  runs: ModelRun[],
  session: Session,
): Promise<ModuleEvidence> {
  const own = runs.filter((r) => r.module === module.name);
  const changed = await probeVariables(module, staged, own, session.context);
  const findings = findInSpec({
    module: module.name,
    outlines: module.outlines,
    extended: findExtended(module.outlines),
    configs: module.models.map((m) => m.config),
    runs: own,
    changed,
    accepted: module.declared.workbench?.accepted,
  });
  return { module, runs: own, findings };
}

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

function rateAll(
  evidence: ModuleEvidence[],
  modules: LoadedModule[],
  native: NativeResults,
  engine: { version: string; jar: string },
): ClaimReport[] {
  const functions = native.anchors
    ? new Map(foldClaimMap(modules, native.anchors).entries.map((e) => [e.id, e.functions]))
    : undefined;
  return evidence.flatMap(({ module, runs, findings }) =>
    rateClaims({
      module: module.name,
      claims: module.claims,
      runs,
      findings,
      reads: variablesRead(Object.keys(module.claims), module.outlines),
      functions,
      smoke: native.smoke,
      engine,
    }),
  );
}

function showResult(record: RunRecord, modules: LoadedModule[], json: boolean): void {
  if (json) {
    print(`${JSON.stringify(record)}\n`);
    return;
  }
  const terminal = readTerminal();
  const paint = makePaint(terminal.color);
  const red = record.models.filter((r) => !r.verdict.asDeclared && !r.verdict.incomplete);
  for (const run of red) {
    const lines = violationLines(run, terminal.width, paint);
    if (lines.length > 0) print(`\n${lines.join('\n')}\n`);
  }
  for (const module of modules)
    for (const table of module.declared.workbench?.tables ?? [])
      print(`\n${tableLines(module.name, table, record.models, paint).join('\n')}\n`);
  print(`${renderVerifyScreen(record, terminal.width, paint).join('\n')}\n`);
}

async function runVerify(options: RunOptions): Promise<ExitCode> {
  const read = readProject(findRoot(process.cwd()));
  if (read.problems.length > 0) throw reportProblems(read.problems);
  const { project } = read;
  const { modules, problems } = await collectModules(project);
  const wrong = withoutTwins([...problems, ...inspectProblems(modules, () => true)]);
  if (wrong.length > 0) throw reportProblems(wrong);
  if (modules.every((m) => m.models.length === 0))
    throw new Problem(
      'NO-MODELS',
      `${project.specs}/: no manifest names a model`,
      'add specs/<Module>/manifest.json; docs/manifest.md shows one',
    );
  const toolchain = await findToolchain(project);
  const session = await openSession(project, modules, toolchain, options, 'stderr');
  const { live } = session.context;
  const staged = stageRuns(modules, () => true, session.context);
  if (options.dryRun) {
    live.stop();
    await removeRun(project.root, session.runId);
    if (toolchain instanceof Problem) throw toolchain;
    print(`${dryRunLines(staged, toolchain).join('\n')}\n`);
    return EXIT.asDeclared;
  }
  const native = await runNative(project, modules, session);
  const runs = await runModels(staged, session.context);
  const evidence = await Promise.all(modules.map((m) => findModuleFindings(m, staged, runs, session)));
  const models = await explainRed(runs, staged, session);
  live.stop();

  const engine = runs
    .flatMap((r) => r.attempts.map((a) => a.reading.engineVersion))
    .find((v) => v !== undefined);
  const tools = toolVersions(toolchain, engine);
  const claims = rateAll(evidence, modules, native, {
    version: shortVersion(engine),
    jar: toolchain instanceof Problem ? 'missing' : toolchain.jar.sha256,
  });
  const environment = toolchain instanceof Problem ? [toolchain] : [];
  const results = {
    models,
    builds: native.builds,
    smoke: native.smoke,
    anchors: native.anchors,
    findings: evidence.flatMap((e) => e.findings ?? []),
    claims,
  };
  const frame = await recordFrame(session, project, process.argv.slice(2));
  const found = [...environment, ...native.problems];
  const exitCode = exitCodeOf({
    ...results,
    state: frame.state,
    problems: found,
    requiredRung: project.requiredRung,
  });
  const record = await writeRecord(project.root, {
    ...results,
    ...frame,
    tools,
    problems: found.map(({ code, message, hint }) => ({ code, message, hint })),
    exitCode,
  });
  showResult(record, modules, options.json);
  return exitCode;
}

/** `2.18` of `TLC2 Version 2.18 of …`. */
function shortVersion(line: string | undefined): string {
  return /Version (\S+)/.exec(line ?? '')?.[1] ?? 'unknown';
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
