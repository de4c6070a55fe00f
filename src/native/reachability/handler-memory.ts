/**
 * A check of handlers that was made before on the same sources. Contract: it is found again only when sources, every file
 * that they include, the names of those beside them, list, flags, compiler and environment are the same; a check that could
 * not look at every file is never kept.
 */
import { readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { glob } from 'tinyglobby';
import type { ReachabilityConfig, ReachabilityResult } from '../../domain/reachability.js';
import { sha256, sha256Json } from '../../host/files.js';
import { hashProgram } from '../../store/cache/program.js';
import type { ResultCache } from '../../store/cache/result-cache.js';
import { describeOutside } from '../outside-file.js';
import { findProgram } from '../toolchain.js';
import { CANDIDATES } from './compile.js';
import { DEMANGLERS } from './function-names.js';

export interface HandlerMemory {
  cache: ResultCache;
  /** Id of the record that will hold this check. */
  runId: string;
  now?: () => number;
}

export interface HandlerInputs {
  root: string;
  config: ReachabilityConfig & { allowed: string };
  /** Sources with their content. */
  files: readonly { path: string; sha256: string }[];
  env: NodeJS.ProcessEnv;
}

const PARTS = ['native', 'domain', 'host'];
const NAME = 'the check of handlers';

/** A file that a compiler read: by content where it is ours, else by what the file system knows of it. */
interface ReadFile {
  path: string;
  is: string;
}

/** Key of all that is known before anything is compiled. */
export async function handlerKey({ root, config, files, env }: HandlerInputs): Promise<string> {
  const tools = [...CANDIDATES, 'gcc', ...DEMANGLERS].map(async (name) => {
    const path = await findProgram(name, env);
    return [name, path === undefined ? null : (describeOutside(path) ?? null)];
  });
  return sha256Json({
    config,
    files,
    env,
    allowed: describeOwn(join(root, config.allowed)),
    beside: await listBeside(root, config),
    tools: await Promise.all(tools),
    loader: describeOutside('/etc/ld.so.cache') ?? 'none',
    program: hashProgram(PARTS),
  });
}

export function recallHandlers(
  key: string,
  root: string,
  { cache }: HandlerMemory,
): ReachabilityResult | undefined {
  const found = cache.find('handlers', key, NAME);
  if (!found) return undefined;
  const read = JSON.parse(found.parts[1] ?? '[]') as ReadFile[];
  if (read.some(({ path, is }) => describe(root, path) !== is)) return undefined;
  const { from, at } = found;
  return { ...(JSON.parse(found.parts[0] ?? '{}') as ReachabilityResult), reused: { from, at } };
}

/**
 * @param read every file that was read, relative ones to the root
 * @param since when the check began: what was changed later may not be what was read
 */
export function keepHandlers(
  key: string,
  root: string,
  result: ReachabilityResult,
  read: readonly string[],
  since: number,
  { cache, runId }: HandlerMemory,
): void {
  if (result.state === 'not run' || result.faults.some((f) => f.kind === 'does not compile')) return;
  if (read.some((path) => changedAt(resolve(root, path)) >= since)) return;
  const seen = [...new Set(read)].sort().map((path) => ({ path, is: describe(root, path) }));
  cache.keep('handlers', key, {
    from: runId,
    at: new Date().toISOString(),
    parts: [JSON.stringify(result), JSON.stringify(seen)],
    files: [],
  });
}

function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.ctimeMs ?? Infinity;
}

function describe(root: string, path: string): string {
  const full = resolve(root, path);
  const inside = relative(root, full);
  return inside.startsWith('..') || isAbsolute(inside)
    ? (describeOutside(full) ?? 'none')
    : describeOwn(full);
}

function describeOwn(path: string): string {
  try {
    return sha256(readFileSync(path));
  } catch {
    return 'none';
  }
}

/** Names of all files of the repository among which an include is looked up: a new one could take the place of another. */
async function listBeside(root: string, { files, flags = [] }: ReachabilityConfig): Promise<string[]> {
  const named = flags.flatMap((flag, i) => {
    const match = /^-(?:I|isystem|iquote|idirafter|include)(.*)$/.exec(flag);
    if (match === null) return [];
    return [match[1] === '' ? (flags[i + 1] ?? '.') : (match[1] ?? '.')];
  });
  const entries = [...files, ...named].map((path) => resolve(root, path));
  const folders = entries.map((path) =>
    statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? path : dirname(path),
  );
  const own = folders.filter((path) => !relative(root, path).startsWith('..'));
  const outermost = [...new Set(own)].filter(
    (path) => !own.some((other) => other !== path && path.startsWith(`${other}/`)),
  );
  const ignore = ['**/node_modules/**', '**/.git/**', '**/build*/**', 'runs/**'];
  const lists = outermost.map(async (cwd) =>
    (await glob('**/*', { cwd, dot: true, expandDirectories: false, ignore })).map((name) => join(cwd, name)),
  );
  return (await Promise.all(lists)).flat().sort();
}
