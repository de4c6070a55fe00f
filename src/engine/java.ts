/**
 * Finds Java. Contract: a java that is returned has told its version, 11 or newer, from this very file; what is known
 * of a file is kept in the cache, so that no JVM starts only to be asked its version.
 */
import { realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { EXIT, Problem } from '../domain/problem.js';
import { findExecutable, isExecutable } from '../host/executables.js';
import { readTextIfThere, sha256Json, writeFileAtomic } from '../host/files.js';
import { runProcess } from '../host/processes.js';

export interface Java {
  path: string;
  /** As `java -version` tells it, e.g. `17.0.15`. */
  version: string;
  major: number;
}

export const OLDEST_JAVA = 11;

/** Variables by which the environment changes every JVM or what it loads; runs must not depend on them. */
export const IGNORED_VARIABLES = [
  'JAVA_TOOL_OPTIONS',
  'JDK_JAVA_OPTIONS',
  '_JAVA_OPTIONS',
  'CLASSPATH',
] as const;

const INSTALL_HINT = 'install Java 11 or newer, or set JAVA_HOME; `workbench doctor` shows what was found';

const factsSchema = z.object({ version: z.string().min(1), major: z.number().int() });
type Facts = z.infer<typeof factsSchema>;

/** The environment for a JVM: the user's, without what would change its behaviour, in UTF-8 and in English. */
export function javaEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const ignored = new Set<string>(IGNORED_VARIABLES);
  const kept = Object.entries(env).filter(([name]) => !ignored.has(name));
  // A JVM decodes file names by the locale, whatever its flags say: without UTF-8 an umlaut in a path is lost.
  return { ...Object.fromEntries(kept), LC_ALL: 'C.UTF-8', LANGUAGE: 'en' };
}

/** A program of the Java installation: from JAVA_HOME, else from PATH. */
export function findJavaTool(name: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const home = env.JAVA_HOME ?? '';
  const atHome = home === '' ? undefined : join(home, 'bin', name);
  if (atHome !== undefined && isExecutable(atHome)) return atHome;
  return findExecutable(name, env);
}

/** Finds a usable java, or throws JAVA-MISSING, JAVA-SILENT or JAVA-TOO-OLD. */
export async function locateJava(cache: string, env: NodeJS.ProcessEnv = process.env): Promise<Java> {
  const path = findJavaTool('java', env);
  if (path === undefined) {
    const home = env.JAVA_HOME ?? '';
    const where = home === '' ? 'on PATH' : `in JAVA_HOME (${home}) nor on PATH`;
    throw new Problem('JAVA-MISSING', `no java found ${where}`, INSTALL_HINT, EXIT.environment);
  }
  const facts = await recallFacts(path, cache, env);
  if (facts.major < OLDEST_JAVA) {
    throw new Problem(
      'JAVA-TOO-OLD',
      `${path} is Java ${facts.version}; ${OLDEST_JAVA} or newer is needed`,
      INSTALL_HINT,
      EXIT.environment,
    );
  }
  return { path, ...facts };
}

async function recallFacts(path: string, cache: string, env: NodeJS.ProcessEnv): Promise<Facts> {
  const file = await realpath(path);
  const { mtimeMs, size, ino } = await stat(file);
  const key = sha256Json({ file, mtimeMs, size, ino });
  const entry = join(cache, 'java', `${key}.json`);
  const known = factsSchema.safeParse(parseOrNothing(await readTextIfThere(entry)));
  if (known.success) return known.data;
  const facts = await askVersion(path, env);
  // A cache that cannot be written only costs time.
  await writeFileAtomic(entry, JSON.stringify(facts)).catch(() => undefined);
  return facts;
}

function parseOrNothing(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '') as unknown;
  } catch {
    return undefined;
  }
}

async function askVersion(path: string, env: NodeJS.ProcessEnv): Promise<Facts> {
  const result = await runProcess({
    command: [path, '-version'],
    cwd: '/',
    env: javaEnvironment(env),
    timeoutSeconds: 30,
    keepStdin: false,
  });
  const said = `${result.stderr}\n${result.stdout}`;
  const version = /version "([^"]+)"/.exec(said)?.[1];
  if (version === undefined || result.exit !== 0) {
    const firstLine = said.split('\n').find((line) => line.trim() !== '');
    const what =
      result.startError ??
      (result.timedOut ? 'no answer within 30 s' : (firstLine?.slice(0, 160) ?? 'it prints nothing'));
    const code = firstLine === undefined ? 'JAVA-SILENT' : 'JAVA-MISSING';
    throw new Problem(code, `${path} does not tell its version: ${what}`, INSTALL_HINT, EXIT.environment);
  }
  return { version, major: readMajor(version) };
}

/** `17.0.15` is 17, `1.8.0_442` is 8, `24-ea` is 24. */
export function readMajor(version: string): number {
  const [first, second] = version.split(/[^0-9]+/).map(Number);
  return (first === 1 ? second : first) ?? 0;
}
