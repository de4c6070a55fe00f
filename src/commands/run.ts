/**
 * `workbench run -- <command…>`: starts a program with the fix injected and says whether it was active there. Contract:
 * the program's streams and signals are its own; the exit code is the program's where the fix was shown to be active.
 */
import { join } from 'node:path';
import { Problem } from '../domain/problem.js';
import { locateCache } from '../host/cache-folder.js';
import { writeFileAtomic } from '../host/files.js';
import { note, print } from '../host/output.js';
import { buildLibrary, findNamedLibrary, type InjectedLibrary } from '../native/run/injected-library.js';
import { describeProof, exitCodeOfRun } from '../native/run/proof.js';
import {
  planProgram,
  runInjected,
  type InjectedProgram,
  type InjectedRun,
} from '../native/run/run-program.js';
import { findRoot, loadProject } from '../project/project.js';
import { foreignExit, type ForeignExit, type WorkbenchCommand } from './command.js';

interface RunRequest {
  command: string[];
  preset?: string | undefined;
  library?: string | undefined;
  children: boolean;
  json: boolean;
  report?: string | undefined;
  quiet: boolean;
  dryRun: boolean;
}

/** After so long a build is worth a line; one that is up to date stays silent. */
const PATIENCE_MILLISECONDS = 800;

const HELP = `
The program has your environment, streams and signals. Its first line of the outcome is on standard error:
  fix: active in pid 4711: 24 methods hooked, 118 calls guarded, 0 skips
  fix: NOT active in pid 4711: loaded, and found no class of the driver

Exit codes:
  the program's own (128 and the number of the signal that ended it); but where the fix was not active, 1 in place of 0
  2   nothing was started: the input is wrong        (standard error begins with "error CODE:")
  3   nothing was started: the environment cannot do it, or the system forbids injection
  130 nothing was started: interrupted`;

export const run: WorkbenchCommand = {
  name: 'run',
  register: (program, work) => {
    program
      .command('run')
      .usage('[options] -- <command...>')
      .argument('<command...>', 'a program and its arguments')
      .description('start a program with the fix injected, and show that it was active there')
      .option('--preset <name>', 'build the fix with this preset; linux-gcc or macos when left out')
      .option('--library <path>', 'inject this library and build nothing')
      .option('--children', 'it is enough when the fix was active in a process that the program started')
      .option('--report <file>', 'write the outcome as JSON into a file, too')
      .option(
        '--json',
        'print the outcome as JSON on standard output; the program then prints on standard error',
      )
      .option('--quiet', 'say nothing about a fix that was active')
      .option('--dry-run', 'print the command line and start nothing')
      .addHelpText('after', HELP)
      .action((command, options) =>
        work(() =>
          runCommand({
            command,
            preset: options.preset,
            library: options.library,
            children: options.children ?? false,
            json: options.json ?? false,
            report: options.report,
            quiet: options.quiet ?? false,
            dryRun: options.dryRun ?? false,
          }),
        ),
      );
  },
};

async function runCommand(request: RunRequest): Promise<ForeignExit> {
  const cwd = process.cwd();
  const { path, runtimes, defaults } = await findLibrary(request, cwd);
  const program: InjectedProgram = {
    ...{ command: request.command, cwd, env: process.env, library: path, runtimes, defaults },
    children: request.children,
    outputToError: request.json,
  };
  if (request.dryRun) {
    const words = await planProgram(program);
    print(request.json ? `${JSON.stringify({ command: words })}\n` : `${words.map(quote).join(' ')}\n`);
    return foreignExit(0);
  }
  if (request.report !== undefined) await clearReport(request.report);
  const ran = await runInjected(program);
  const exitCode = exitCodeOfRun(ran, ran.proof);
  if (!request.quiet || !ran.proof.shown) note(`${describeProof(ran.proof, ran).join('\n')}\n`);
  const outcome = JSON.stringify(makeOutcome(program, ran, exitCode));
  if (request.json) print(`${outcome}\n`);
  if (request.report !== undefined) await writeFileAtomic(request.report, `${outcome}\n`);
  return foreignExit(exitCode);
}

async function findLibrary(request: RunRequest, cwd: string): Promise<InjectedLibrary> {
  if (request.library !== undefined) {
    if (request.preset === undefined) return findNamedLibrary(request.library, cwd);
    throw new Problem('USAGE', '--library and --preset exclude each other', 'a named library is not built');
  }
  const root = findRoot(cwd);
  const { native } = loadProject(root);
  const name = native?.libraries?.[0]?.name;
  if (native === undefined || name === undefined) {
    throw new Problem(
      'LIBRARY-UNKNOWN',
      'workbench.json: names no library to inject',
      'name one: --library PATH; or add native.libraries (docs/project-files.md)',
    );
  }
  const patience = setTimeout(() => {
    if (!request.quiet) note(`building ${name}\n`);
  }, PATIENCE_MILLISECONDS);
  try {
    const logs = join(locateCache(), 'native', 'logs');
    return await buildLibrary(root, native.root, name, request.preset, logs);
  } finally {
    clearTimeout(patience);
  }
}

/** Before the program runs: an older outcome must not be taken for this one's, and a wrong path costs no run. */
async function clearReport(path: string): Promise<void> {
  try {
    await writeFileAtomic(path, '');
  } catch (error) {
    throw new Problem(
      'REPORT-UNWRITABLE',
      `${path}: cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`,
      'name a file in a folder that is yours behind --report',
    );
  }
}

/** What `--json` and `--report` give. */
function makeOutcome(program: InjectedProgram, ran: InjectedRun, exitCode: number): object {
  const { pid, state, shown, report, others } = ran.proof;
  return {
    command: program.command,
    library: program.library,
    ...{ pid, exit: ran.exit, signal: ran.signal, state, shown, hooks: report?.hooks ?? 0 },
    disabled: report?.disabled ?? false,
    final: report?.final ?? false,
    statistics: report?.statistics ?? {},
    others,
    unreadableLines: ran.unreadable,
    exitCode,
  };
}

/** As a shell reads it back. */
const quote = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
