/** `check`: runs models and judges them; also a bare Spec.tla with no manifest at all. */
import type { ExitCode } from '../domain/problem.js';
import { Problem } from '../domain/problem.js';
import type { ModelRun, RunRecord } from '../domain/run-record.js';
import { exitCodeOf } from '../evidence/exit-code.js';
import { takeInventory } from '../evidence/inventory.js';
import { note, print } from '../host/output.js';
import { readTerminal } from '../host/terminal.js';
import { adHocModule } from '../project/ad-hoc.js';
import type { LoadedModule } from '../project/loaded-module.js';
import { collectModules } from '../project/modules.js';
import { findRoot, readProject, type Project } from '../project/project.js';
import { seenJson } from '../report/formats/control-characters.js';
import { makePaint } from '../report/paint.js';
import { violationLines } from '../report/violation-lines.js';
import type { ReportView } from '../report/view/report-view.js';
import { keepBesides } from '../store/besides.js';
import { removeRun, writeRecord } from '../store/records.js';
import { describeExits, type WorkbenchCommand } from './command.js';
import { dryRunText, runModels, stageRuns, type StagedRun } from './model-stage.js';
import { probeConjunct } from './probe-stage.js';
import { besidesFor, deliverReports, viewRecords } from './report-stage.js';
import { announceOnGitHub } from './github.js';
import { addRunOptions, readRunOptions, type RunOptions } from './run-options.js';
import { isAdHoc, selectModels } from './selection.js';
import {
  closeCaches,
  findToolchain,
  openSession,
  recordFrame,
  toolVersions,
  type Session,
} from './session.js';
import { inspectProblems, reportProblems } from './problems.js';

interface CheckRequest extends RunOptions {
  words: string[];
  config?: string | undefined;
  constants: { name: string; value: string }[];
  invariants: string[];
  properties: string[];
  trace: boolean;
}

function readConstant(text: string): { name: string; value: string } {
  const match = /^\s*(\w+)\s*=\s*(\S[\s\S]*)$/.exec(text);
  if (!match)
    throw new Problem('USAGE', `--constant ${text}: expected NAME=VALUE`, 'for example --constant N=2');
  return { name: match[1] ?? '', value: match[2] ?? '' };
}

/** Modules to run: one made on the command line, or those of the manifests. */
async function findModules(request: CheckRequest, project: Project): Promise<LoadedModule[]> {
  const given =
    request.config !== undefined ||
    request.constants.length + request.invariants.length + request.properties.length > 0;
  const { modules, problems } = await collectModules(project);
  const adHoc = given || request.words.some((word) => isAdHoc(word, project.root, modules));
  if (adHoc) {
    const [file, second] = request.words;
    if (file === undefined || second !== undefined)
      throw new Problem(
        'USAGE',
        'a configuration on the command line needs exactly one .tla file',
        'for example: workbench check Spec.tla --constant N=2 --invariant Inv',
      );
    return [
      await adHocModule({
        root: project.root,
        moduleFolders: project.moduleFolders,
        file,
        ...(request.config === undefined ? {} : { configFile: request.config }),
        constants: request.constants,
        invariants: request.invariants,
        properties: request.properties,
      }),
    ];
  }
  const inTheWay =
    request.words.length === 0
      ? problems
      : problems.filter((p) => request.words.some((w) => p.message.includes(w.replace(/\/+$/, ''))));
  if (inTheWay.length > 0) throw reportProblems(inTheWay);
  if (modules.length === 0 && problems.length > 0) throw reportProblems(problems);
  if (modules.every((m) => m.models.length === 0))
    throw new Problem(
      'NO-MODELS',
      `${project.specs}/: no manifest names a model`,
      'name a file: workbench check path/Spec.tla --invariant Inv',
    );
  return modules;
}

/** Adds the false conjunct to violations that will be shown. */
async function explain(runs: ModelRun[], staged: StagedRun[], session: Session): Promise<ModelRun[]> {
  return Promise.all(
    runs.map(async (run, i) => {
      const from = staged[i];
      if (!from || run.purpose.kind !== 'declared') return run;
      const conjunct = await probeConjunct(run, from, session.context);
      return conjunct ? { ...run, conjunct } : run;
    }),
  );
}

function showViolations(view: ReportView, all: boolean): void {
  const terminal = readTerminal();
  const paint = makePaint(terminal.color);
  for (const run of view.models.flatMap((model) => model.runs)) {
    const wanted = run.purpose.kind === 'declared' && (all || run.standing !== 'as declared');
    const lines = wanted ? violationLines(run, terminal.width, paint) : [];
    if (lines.length > 0) print(`\n${lines.join('\n')}\n`);
  }
}

async function runCheck(request: CheckRequest): Promise<ExitCode> {
  const read = readProject(findRoot(process.cwd()));
  if (read.problems.length > 0) throw reportProblems(read.problems);
  const { project } = read;
  const modules = await findModules(request, project);
  const adHoc = modules.some((m) => m.manifestRel === undefined);
  const selected = adHoc ? (): boolean => true : selectModels(request.words, project.root, modules);
  const problems = inspectProblems(modules, selected);
  if (problems.length > 0) throw reportProblems(problems);
  const toolchain = await findToolchain(project);
  if (toolchain instanceof Problem) throw toolchain;
  const session = await openSession(project, modules, toolchain, request, 'stdout');
  const staged = stageRuns(modules, selected, session.context);
  if (request.dryRun) {
    session.context.live.stop();
    await removeRun(project.root, session.runId);
    print(dryRunText(staged, toolchain, request.json));
    return 0;
  }
  const runs = await runModels(staged, session.context);
  const explained = await explain(runs, staged, session);
  session.context.live.stop();
  closeCaches(session);
  const results = {
    state: 'finished' as const,
    models: explained,
    builds: [],
    smoke: [],
    anchors: null,
    findings: [],
    claims: [],
  };
  const frame = await recordFrame(session, process.argv.slice(2));
  const exitCode = exitCodeOf({ ...results, state: frame.state, problems: [], requiredRung: 0 });
  const engine = explained
    .flatMap((r) => r.attempts.map((a) => a.reading.engineVersion))
    .find((v) => v !== undefined);
  const record: RunRecord = await writeRecord(project.root, {
    ...results,
    ...frame,
    inventory: takeInventory({
      // Models alone carry no claim above the first rungs.
      requiredRung: 0,
      assumptions: project.assumptions,
      modules,
      measured: new Set(),
    }),
    tools: toolVersions(toolchain, engine),
    problems: [],
    exitCode,
  });
  await keepBesides(project.root, record);
  const view = await viewRecords(project.root, {
    records: [record],
    unread: [],
    ...besidesFor(request.reports),
  });
  if (request.json) print(`${seenJson(record)}\n`);
  else {
    showViolations(view, request.trace || new Set(explained.map((r) => r.model)).size === 1);
    note(`record runs/${record.id}\n`);
  }
  await deliverReports(view, request.reports);
  await announceOnGitHub(project.root, view, request.reports);
  return exitCode;
}

const collect = (value: string, before: string[] | undefined): string[] => [...(before ?? []), value];

export const check: WorkbenchCommand = {
  name: 'check',
  register: (program, run) => {
    addRunOptions(
      program
        .command('check')
        .description('run models and judge what they show; also a bare Spec.tla with no manifest')
        .argument('[model...]', 'modules, .cfg or .tla files, folders; none: every model of every manifest')
        .option('--config <file>', 'configuration of a bare .tla')
        .option('--constant <name=value>', 'value of a constant; again for each', collect)
        .option('--invariant <name>', 'invariant to check; again for each', collect)
        .option('--property <name>', 'temporal or action property to check; again for each', collect)
        .option('--trace', 'print the counterexamples of controls that are as declared, too'),
    )
      .addHelpText('after', describeExits())
      .action((words, raw) =>
        run(() =>
          runCheck({
            ...readRunOptions(raw),
            words,
            config: raw.config,
            constants: (raw.constant ?? []).map(readConstant),
            invariants: raw.invariant ?? [],
            properties: raw.property ?? [],
            trace: raw.trace ?? false,
          }),
        ),
      );
  },
};
