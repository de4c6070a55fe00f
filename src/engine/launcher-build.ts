/**
 * Compiles the Java launcher into the cache. Contract: a launcher that is returned was made from exactly this source
 * against exactly this jar; where it cannot be made, the reason is returned and runs go without it.
 */
import { copyFile, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { delimiter, dirname, join } from 'node:path';
import { exists, sha256, sha256File, sha256Json } from '../host/files.js';
import { runProcess, type ProcessResult } from '../host/processes.js';
import { packageFile } from '../host/program-files.js';
import { withTempFolder } from '../host/temp-folders.js';
import type { Jar } from './jar.js';
import { findJavaTool, javaEnvironment } from './java.js';
import type { Toolchain } from './launcher.js';

type Launcher = NonNullable<Toolchain['launcher']>;

const SOURCE = packageFile('launcher/WorkbenchLauncher.java');

/** A Java runtime of this release or newer can run the launcher. */
const RELEASE = '11';

export interface LauncherBuild {
  cache: string;
  jar: Jar;
  env: NodeJS.ProcessEnv;
  /** Only look for one that was made earlier. */
  look: boolean;
}

/** The launcher from the cache, compiled first where it is not there yet; a text says why there is none. */
export async function buildLauncher(build: LauncherBuild): Promise<Launcher | string> {
  const source = await readFile(SOURCE, 'utf8').catch(() => undefined);
  if (source === undefined) return 'launcher: its source is not in this installation';
  const key = sha256Json({ source: sha256(source), jar: build.jar.sha256, release: RELEASE });
  const jar = join(build.cache, 'launcher', `${key}.jar`);
  const classPath = [jar, build.jar.path].join(delimiter);
  if (!(await exists(jar))) {
    if (build.look) return 'launcher: not compiled yet; the first run does it';
    const failure = await compile(build, jar);
    if (failure !== undefined) return `launcher: ${failure}`;
  }
  return { jar, classPath, sha256: await sha256File(jar) };
}

/** The class path's entries are jars, never folders: a class data archive takes no folders. */
async function compile({ jar, env }: LauncherBuild, target: string): Promise<string | undefined> {
  const javac = findJavaTool('javac', env);
  const jarTool = findJavaTool('jar', env);
  if (javac === undefined || jarTool === undefined)
    return 'no javac (a Java runtime only); start-up is plain';
  return withTempFolder(async (folder) => {
    const run = (command: string[]): Promise<ProcessResult> =>
      runProcess({ command, cwd: folder, env: javaEnvironment(env), timeoutSeconds: 60, keepStdin: false });
    const classes = join(folder, 'classes');
    const encoding = ['-encoding', 'UTF-8'];
    const compiled = await run([
      ...[javac, '--release', RELEASE, ...encoding, '-proc:none', '-nowarn'],
      ...['-cp', jar.path, '-d', classes, SOURCE],
    ]);
    if (compiled.exit !== 0) return `javac failed (${describeFailure(compiled)})`;
    const packed = await run([jarTool, '--create', '--file', 'launcher.jar', '-C', classes, '.']);
    if (packed.exit !== 0) return `jar failed (${describeFailure(packed)})`;
    return moveInto(join(folder, 'launcher.jar'), target);
  });
}

/** First line of what a tool said, for a note. */
export function describeFailure(result: ProcessResult): string {
  const line = `${result.stderr}\n${result.stdout}`.split('\n').find((text) => text.trim() !== '');
  if (result.timedOut) return 'no end in time';
  return line?.trim().slice(0, 160) ?? result.startError ?? `exit ${result.exit ?? result.signal ?? '?'}`;
}

/** Puts a finished file into the cache under its name, at once; a text says why it cannot be stored. */
export async function moveInto(file: string, target: string): Promise<string | undefined> {
  const temporary = `${target}.${randomUUID()}.tmp`;
  try {
    await mkdir(dirname(target), { recursive: true });
    // rename does not cross file systems, and the temp folder may well be on another one.
    await copyFile(file, temporary);
    await rename(temporary, target);
    return undefined;
  } catch (error) {
    return `cannot be stored in the cache (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`;
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}
