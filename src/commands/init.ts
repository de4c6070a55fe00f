/** `init`: sets a repository with specs up: manifests from a first run, workbench.json, a workflow, and a git hook. */
import { relative } from 'node:path';
import { EXIT, Problem, type ExitCode } from '../domain/problem.js';
import { isInterrupted } from '../host/interruption.js';
import { print } from '../host/output.js';
import { programFile } from '../host/program-files.js';
import { draftProject, type Drafts } from '../init/drafts.js';
import { describeHook, installHook, planHook, type HookPlan } from '../init/hook.js';
import { readRepository, type Repository } from '../init/repository.js';
import { collectProblems } from '../project/modules.js';
import { findRoot, readProject, type Project } from '../project/project.js';
import { oneLine } from '../report/formats/control-characters.js';
import { describeExits, type WorkbenchCommand } from './command.js';
import { observeDrafts, type FirstRun } from './first-run.js';
import { provideFiles } from './init-files.js';
import { initJson, initLines, type InitResult } from './init-lines.js';
import { reportProblems } from './problems.js';
import { readRunOptions, type RunOptions } from './run-options.js';

/** Deadline of a model's first run: nobody knows yet how large it is. */
const FIRST_RUN_SECONDS = 60;

interface InitRequest extends RunOptions {
  hook?: string | undefined;
  run: boolean;
  ci: boolean;
  action?: string | undefined;
}

async function runInit(request: InitRequest): Promise<ExitCode> {
  const root = findRoot(process.cwd());
  const read = readProject(root);
  if (read.problems.length > 0) throw reportProblems(read.problems);
  const hook =
    request.hook === undefined ? undefined : await planHook(root, request.hook, programFile('cli.js'));
  const repository = await readRepository(root);
  refuseEmpty(root, repository);
  const plan = draftProject(repository, read.project);
  const project: Project = { ...read.project, specs: plan.specs, moduleFolders: plan.moduleFolders };
  const notRun = request.dryRun
    ? 'a dry run shows no results'
    : request.run
      ? undefined
      : 'init was asked not to (--no-run)';
  const options = { ...request, timeout: request.timeout ?? FIRST_RUN_SECONDS };
  const found = { project: read.project, plan, repository, hook };
  const first = await observeDrafts(plan.drafts, project, options, notRun);
  if (isInterrupted()) {
    await first.keep(EXIT.interrupted);
    return EXIT.interrupted;
  }
  const result = await provideAll(request, { ...found, first }).catch(async (error: unknown) => {
    await first.keep(error instanceof Problem ? error.exit : EXIT.environment);
    throw error;
  });
  // What was run is recorded whatever it showed: to be set up is all that this command promises.
  const exitCode = result.problems.at(-1)?.exit ?? EXIT.asDeclared;
  await first.keep(exitCode);
  return tell(request, result, exitCode);
}

interface Found {
  project: Project;
  plan: Drafts;
  repository: Repository;
  hook: HookPlan | undefined;
  first: FirstRun;
}

/** Writes the files and the hook, and looks whether the next check can start. */
async function provideAll(
  request: InitRequest,
  { project, plan, repository, hook, first }: Found,
): Promise<InitResult> {
  const { root } = project;
  const { dryRun } = request;
  const provided = await provideFiles(project, plan, first, request);
  if (hook !== undefined && !dryRun) await installHook(hook);
  const result: InitResult = {
    ...{ root, plan, first, repository, ...provided },
    hook: hook === undefined ? [] : describeHook(hook, dryRun),
    problems: [],
  };
  if (dryRun) return result;
  const again = readProject(root);
  return { ...result, problems: [...again.problems, ...(await collectProblems(again.project))] };
}

function refuseEmpty(root: string, { modules, existing, unreadable }: Repository): void {
  if (existing.problems.length > 0) throw reportProblems(existing.problems);
  if (modules.length > 0) return;
  const closed = unreadable.map(({ path, reason }) => `${path} ${reason}`).join(', ');
  throw new Problem(
    'INIT-NO-MODULES',
    `${root} has no TLA+ module (.tla)${closed === '' ? '' : `; ${closed}`}`,
    'start it in a repository with specs; docs/how-to-add-a-spec.md writes the first one',
  );
}

/** Prints the result; problems that keep the next check from starting are errors of this command, too. */
function tell({ json, dryRun, quiet }: InitRequest, result: InitResult, exitCode: ExitCode): ExitCode {
  const { problems } = result;
  if (json) {
    print(`${initJson(result, dryRun, exitCode)}\n`);
    return exitCode;
  }
  // Paths are relative to it, and a user in a subfolder would look for the files there.
  if (relative(result.root, process.cwd()) !== '') print(`the repository is ${oneLine(result.root)}\n`);
  print(`${initLines(result, { dryRun, quiet }).join('\n')}\n`);
  if (problems.length > 0) throw reportProblems(problems);
  return exitCode;
}

export const init: WorkbenchCommand = {
  name: 'init',
  register: (program, run) => {
    program
      .command('init')
      .description('set up a repository with specs: manifests from a first run, workbench.json, a workflow')
      .option('--hook [name]', 'put a git hook in place as well: pre-commit (default) or pre-push')
      .option('--no-run', 'run nothing: what each model shows stays unknown')
      .option('--no-ci', 'write no workflow')
      .option('--action <owner/repository@ref>', 'use this composite action in the workflow, instead of npm')
      .option('--timeout <seconds>', `deadline of a model's first run (default: ${FIRST_RUN_SECONDS})`)
      .option('--jobs <n>', 'models that run at once (default: one per core, as memory allows)')
      .option('--memory <size>', 'memory for all of them together, in MB, or with g in GB')
      .option('--fresh', 'reuse no result of an earlier run')
      .option('--dry-run', 'run and write nothing; print what would be written')
      .option('--json', 'one JSON object on standard output; all else on standard error')
      .option('--quiet', 'print only what is written')
      .addHelpText(
        'after',
        describeExits({
          asDeclared: 'the repository is set up, whatever its models showed',
          notAsDeclared: 'not used by this command',
          incomplete: 'not used by this command',
        }),
      )
      .action((raw) =>
        run(() =>
          runInit({
            ...readRunOptions(raw),
            hook: raw.hook === true ? 'pre-commit' : raw.hook,
            run: raw.run,
            ci: raw.ci,
            action: raw.action,
          }),
        ),
      );
  },
};
