/**
 * Runs a program with a library injected and says whether the fix was active in it. Contract: the program has the
 * user's whole environment and streams; nothing of the run stays but what the program wrote.
 */
import { appendFile, copyFile } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { EXIT, Problem } from '../../domain/problem.js';
import { runAttached } from '../../host/attached-process.js';
import { readTextIfThere } from '../../host/files.js';
import { removeTempFolder, withTempFolder } from '../../host/temp-folders.js';
import { isPreloadable, makeStage } from '../stage.js';
import { refuseObstacles } from './obstacles.js';
import { composePreload, type Preload } from './preload.js';
import { findProgramFiles } from './program-files.js';
import { judgeProof, type Ending, type Proof } from './proof.js';
import { readReportLines } from './report-lines.js';

export interface InjectedProgram {
  /** The program as the user wrote it, then its arguments. */
  command: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Absolute path of the library with the fix. */
  library: string;
  /** A sanitizer's runtime that the library was built with. */
  runtimes: string[];
  /** Variables that the library's build needs, where the user has not set them. */
  defaults: NodeJS.ProcessEnv;
  /** A process that the program starts counts, too. */
  children: boolean;
  outputToError: boolean;
}

export interface InjectedRun extends Ending {
  proof: Proof;
  unreadable: number;
}

/** The command line as it would be started, for `--dry-run`: the variable, then the program's words. */
export async function planProgram(program: InjectedProgram): Promise<string[]> {
  const file = await checkProgram(program);
  const { library } = program;
  const { variable, value } = preloadOf(program, isPreloadable(library) ? library : `<a copy of ${library}>`);
  return [`${variable}=${value}`, file, ...program.command.slice(1)];
}

/** Runs it to its end. Throws where it cannot be started, or not with the library. */
export async function runInjected(program: InjectedProgram): Promise<InjectedRun> {
  const file = await checkProgram(program);
  return withTempFolder(async (folder) => {
    const stage = isPreloadable(program.library) ? undefined : await makeStage();
    try {
      const library = stage === undefined ? program.library : await stageLibrary(stage, program.library);
      return await start(program, file, library, resolve(folder, 'report'));
    } finally {
      if (stage !== undefined) await removeTempFolder(stage);
    }
  });
}

/** The file to start. */
async function checkProgram(program: InjectedProgram): Promise<string> {
  const [word = ''] = program.command;
  const files = findProgramFiles(word, program.env, program.cwd);
  const first = files[0];
  if (first === undefined) throw new Error('checkProgram: no file');
  await refuseObstacles(files, program.library, program.children);
  return first.path;
}

/** Under a name of its own: the file's name may be what the loader cannot take. */
async function stageLibrary(stage: string, library: string): Promise<string> {
  const staged = join(stage, `injected${extname(library).replace(/[^\w.]/g, '')}`);
  await copyFile(library, staged);
  return staged;
}

function preloadOf(program: InjectedProgram, library: string): Preload {
  const preload = composePreload([...program.runtimes, library], program.env, process.platform);
  if (preload !== undefined) return preload;
  throw new Problem(
    'RUN-PLATFORM',
    `no way to inject a library is known for ${process.platform}`,
    'use Linux or macOS, or compile the fix in (docs/deploy.md)',
    EXIT.environment,
  );
}

async function start(
  program: InjectedProgram,
  file: string,
  library: string,
  report: string,
): Promise<InjectedRun> {
  const { variable, value } = preloadOf(program, library);
  const ended = await runAttached({
    file,
    name: program.command[0] ?? file,
    args: program.command.slice(1),
    env: { ...program.defaults, ...program.env, [variable]: value, AGX_FIX_REPORT: report },
    outputToError: program.outputToError,
  });
  if ('startError' in ended) {
    throw new Problem(
      'PROGRAM-START',
      `${file}: cannot be started (${ended.startError})`,
      'the system refuses it; try it without the workbench',
      EXIT.environment,
    );
  }
  const text = (await readTextIfThere(report)) ?? '';
  await passReportOn(text, program);
  const { processes, unreadable } = readReportLines(text);
  const { exit, signal } = ended;
  return { exit, signal, unreadable, proof: judgeProof(ended.pid, processes, program.children) };
}

/** The user may have asked for the report, too. As in the library, a file that cannot be written stops nothing. */
async function passReportOn(text: string, { env, cwd }: InjectedProgram): Promise<void> {
  const own = env.AGX_FIX_REPORT ?? '';
  if (own !== '') await appendFile(resolve(cwd, own), text).catch(() => undefined);
}
