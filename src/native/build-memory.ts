/**
 * Remembers what a build was made from and what came out. Contract: a build counts as unchanged only when sources, targets,
 * environment, tools and headers are the same and every artefact has the bytes it had; one that was damaged is told apart.
 */
import { rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { exists, readTextIfThere, sha256File, sha256Json, writeFileAtomic } from '../host/files.js';
import { describeMany, describeOutside } from './outside-file.js';

/** A file outside of the repository, as it was; reading them all would take longer than it is worth. */
const outsideSchema = z.object({ path: z.string(), is: z.string() });
export type OutsideFile = z.infer<typeof outsideSchema>;

const finishedSchema = z.object({
  format: z.literal(4),
  /** Hash over all that the build depends on but its tools. */
  key: z.string(),
  /** Hash over the sources alone. */
  sources: z.string(),
  builtAt: z.string(),
  artefacts: z.array(z.object({ path: z.string(), sha256: z.string(), bytes: z.number() })),
  /** Programs that CMake chose, and the library of a sanitizer. */
  tools: z.array(outsideSchema),
  /** Files outside of the native folder that a compiler, a linker or CMake read. */
  headers: z.array(outsideSchema),
  compiler: z.object({ path: z.string(), isGnu: z.boolean() }).optional(),
});
export type FinishedBuild = z.infer<typeof finishedSchema>;

/** What a build is made from. */
export interface BuildInputs {
  sources: readonly { path: string; sha256: string }[];
  targets: readonly string[];
  env: NodeJS.ProcessEnv;
}

const FILE = 'finished-build.json';
/** Of the environment, what may change what a compiler writes. */
const TELLING = ['SDKROOT', 'DEVELOPER_DIR', 'SOURCE_DATE_EPOCH'];

function keyOf({ sources, targets, env }: BuildInputs): string {
  return sha256Json({ sources, targets, env: TELLING.map((name) => env[name] ?? null) });
}

/** The last build in a folder; `stale`, also where nothing is known of it, is one that CMake can bring up to date. */
export type LastBuild =
  { kind: 'unchanged'; build: FinishedBuild } | { kind: 'unusable'; why: string } | { kind: 'stale' };

/**
 * What the last build in a folder is worth.
 * @param hash of a file's content; may remember what it read
 */
export async function lookForFinishedBuild(
  folder: string,
  inputs: BuildInputs,
  hash: (path: string) => Promise<string> = sha256File,
): Promise<LastBuild> {
  const last = await readFinished(folder);
  if (last === undefined) return { kind: 'stale' };
  const describe = describeMany();
  const isAnother = ({ path, is }: OutsideFile): boolean => describe(path) !== is;
  const tool = last.tools.find(isAnother);
  if (tool !== undefined) return { kind: 'unusable', why: `${tool.path} is another one` };
  for (const { path, sha256 } of last.artefacts) {
    const found = (await exists(path)) ? await hash(path) : undefined;
    if (found === undefined) return { kind: 'unusable', why: `${basename(path)} was gone` };
    if (found !== sha256) return { kind: 'unusable', why: `${basename(path)} was not what had been built` };
  }
  if (last.key === keyOf(inputs) && !last.headers.some(isAnother)) return { kind: 'unchanged', build: last };
  // A build that fails halfway must not leave this record beside other artefacts.
  await rm(join(folder, FILE), { force: true });
  return { kind: 'stale' };
}

/** A build that has just ended well. */
export async function describeFinishedBuild(
  folder: string,
  inputs: BuildInputs,
  paths: readonly string[],
  compiler: FinishedBuild['compiler'],
  outside: { runtime?: string | undefined; headers: readonly string[] } = { headers: [] },
): Promise<FinishedBuild> {
  const artefacts = await Promise.all(
    paths.map(async (path) => ({ path, sha256: await sha256File(path), bytes: (await stat(path)).size })),
  );
  return {
    format: 4,
    key: keyOf(inputs),
    sources: sha256Json(inputs.sources),
    builtAt: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    artefacts,
    tools: await readTools(folder, outside.runtime),
    headers: outside.headers.flatMap(noteOutside),
    ...(compiler === undefined ? {} : { compiler }),
  };
}

/** Writes a build down, so that it need not be made again. */
export async function keepFinishedBuild(folder: string, build: FinishedBuild): Promise<void> {
  await writeFileAtomic(join(folder, FILE), JSON.stringify(build));
}

async function readFinished(folder: string): Promise<FinishedBuild | undefined> {
  const text = await readTextIfThere(join(folder, FILE));
  if (text === undefined) return undefined;
  try {
    return finishedSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Every program outside the folder that CMake's cache names, and a sanitizer's library. */
async function readTools(folder: string, runtime: string | undefined): Promise<OutsideFile[]> {
  const cache = (await readTextIfThere(join(folder, 'CMakeCache.txt'))) ?? '';
  const named = [...cache.matchAll(/^\w+:FILEPATH=(\/.*)$/gm)].map((match) => match[1] ?? '');
  const own = named.filter((path) => !path.startsWith(`${folder}/`));
  return [...new Set([...own, ...(runtime === undefined ? [] : [runtime])])].flatMap(noteOutside);
}

function noteOutside(path: string): OutsideFile[] {
  const is = describeOutside(path);
  return is === undefined ? [] : [{ path, is }];
}
