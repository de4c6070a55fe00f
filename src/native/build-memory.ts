/**
 * Remembers what a build was made from and what came out. Contract: a build counts as unchanged only when sources, targets,
 * environment and tools are the same and every artefact has the bytes it had; one that was damaged is told apart.
 */
import { rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { exists, readTextIfThere, sha256File, sha256Json, writeFileAtomic } from '../host/files.js';

const finishedSchema = z.object({
  format: z.literal(1),
  /** Hash over all that the build depends on but its tools. */
  key: z.string(),
  /** Hash over the sources alone. */
  sources: z.string(),
  builtAt: z.string(),
  artefacts: z.array(z.object({ path: z.string(), sha256: z.string(), bytes: z.number() })),
  /** Programs that CMake chose, as they were; reading them all would take longer than it is worth. */
  tools: z.array(z.object({ path: z.string(), bytes: z.number(), changed: z.number() })),
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

/** What the last build in a folder is worth. */
export async function lookForFinishedBuild(folder: string, inputs: BuildInputs): Promise<LastBuild> {
  const last = await readFinished(folder);
  if (last === undefined) return { kind: 'stale' };
  for (const tool of last.tools) {
    const now = await describeTool(tool.path);
    if (now?.bytes !== tool.bytes || now.changed !== tool.changed)
      return { kind: 'unusable', why: `${tool.path} is another one` };
  }
  for (const { path, sha256 } of last.artefacts) {
    const found = (await exists(path)) ? await sha256File(path) : undefined;
    if (found === undefined) return { kind: 'unusable', why: `${basename(path)} was gone` };
    if (found !== sha256) return { kind: 'unusable', why: `${basename(path)} was not what had been built` };
  }
  if (last.key === keyOf(inputs)) return { kind: 'unchanged', build: last };
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
): Promise<FinishedBuild> {
  const artefacts = await Promise.all(
    paths.map(async (path) => ({ path, sha256: await sha256File(path), bytes: (await stat(path)).size })),
  );
  return {
    format: 1,
    key: keyOf(inputs),
    sources: sha256Json(inputs.sources),
    builtAt: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    artefacts,
    tools: await readTools(folder),
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

/** Every program outside the folder that CMake's cache names. */
async function readTools(folder: string): Promise<FinishedBuild['tools']> {
  const cache = (await readTextIfThere(join(folder, 'CMakeCache.txt'))) ?? '';
  const named = [...cache.matchAll(/^\w+:FILEPATH=(\/.*)$/gm)].map((match) => match[1] ?? '');
  const tools: FinishedBuild['tools'] = [];
  for (const path of new Set(named)) {
    const tool = path.startsWith(`${folder}/`) ? undefined : await describeTool(path);
    if (tool !== undefined) tools.push(tool);
  }
  return tools;
}

async function describeTool(path: string): Promise<FinishedBuild['tools'][number] | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() === true ? { path, bytes: found.size, changed: found.mtimeMs } : undefined;
}
