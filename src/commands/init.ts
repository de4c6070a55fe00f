/** `init`: sets a repository with specs up: manifests from a first run, workbench.json, a workflow, and a git hook. */
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { EXIT, Problem, type ExitCode } from '../domain/problem.js';
import { isInterrupted } from '../host/interruption.js';
import { print } from '../host/output.js';
import { packageFile, programFile, readPackage } from '../host/program-files.js';
import { draftProject } from '../init/drafts.js';
import { describeHook, installHook, planHook, type HookPlan } from '../init/hook.js';
import { leaveOutByHand, manifestText, projectText } from '../init/layout.js';
import { writeNew, type NewFile } from '../init/new-files.js';
import { readRepository, type Repository } from '../init/repository.js';
import { listIgnore, listWorkflow } from '../init/supporting-files.js';
import { collectProblems } from '../project/modules.js';
import { findRoot, PROJECT_FILE, readProject, type Project } from '../project/project.js';
import { oneLine } from '../report/formats/control-characters.js';
import { describeExits, type WorkbenchCommand } from './command.js';
import { observeDrafts } from './first-run.js';
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
  const first = await observeDrafts(plan.drafts, project, options, notRun);
  if (isInterrupted()) return EXIT.interrupted;
  const own = { ...readPackage(), folder: packageFile('') };
  const workflow = request.ci ? await listWorkflow(root, own, request.action) : { files: [], byHand: [] };
  const left = [...plan.leftOut, ...first.leftOut].sort((a, b) => (a.path < b.path ? -1 : 1));
  // A run may show what must be left out, too; a workbench.json that is there is a person's to change.
  const [leftOut, byHand] = read.project.configured
    ? [[], [...plan.byHand, ...left.map(leaveOutByHand)]]
    : [left, [...plan.byHand]];
  const result: InitResult = {
    ...{ root, plan, leftOut, byHand, first, repository },
    ...{ files: [], hook: [], problems: [] },
  };
  const files = [...(await listFiles(result, read.project)), ...workflow.files];
  for (const file of files) result.files.push({ ...file, state: await provide(root, file, request.dryRun) });
  const isWritten = (path: string): boolean =>
    result.files.some((file) => file.path === path && file.state === 'written');
  byHand.push(...workflow.byHand.filter(({ path }) => isWritten(path)));
  if (hook !== undefined) result.hook = await provideHook(hook, request.dryRun);
  if (!request.dryRun) {
    const again = readProject(root);
    result.problems = [...again.problems, ...(await collectProblems(again.project))];
  }
  return finish(request, result);
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

/** Manifests, workbench.json and what keeps records out of git; a path is relative to the root. */
async function listFiles({ plan, first, leftOut }: InitResult, project: Project): Promise<NewFile[]> {
  const manifests = [...first.manifests].map(([path, modules]) => ({ path, text: manifestText(modules) }));
  const text = projectText(plan.specs, plan.moduleFolders, leftOut);
  return [
    ...(project.configured ? [] : [{ path: PROJECT_FILE, text }]),
    ...manifests,
    ...(await listIgnore(project.root)),
  ];
}

async function provide(root: string, file: NewFile, dryRun: boolean): Promise<'written' | 'kept'> {
  const path = join(root, file.path);
  if (dryRun) return existsSync(path) ? 'kept' : 'written';
  return (await writeNew(path, file.text)) ? 'written' : 'kept';
}

async function provideHook(hook: HookPlan, dryRun: boolean): Promise<string[]> {
  if (!dryRun) await installHook(hook);
  return describeHook(hook, dryRun);
}

/** Prints the result; problems that keep the next check from starting are errors of this command, too. */
function finish({ json, dryRun, quiet }: InitRequest, result: InitResult): ExitCode {
  const { problems } = result;
  const exitCode = problems.length > 0 ? EXIT.wrongInput : EXIT.asDeclared;
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
        describeExits({ asDeclared: 'the repository is set up', notAsDeclared: 'not used by this command' }),
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
