/** Reads CMake's file API: what the configured targets produce, which compiler was chosen, and what CMake itself read. */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { exists } from '../host/files.js';

const named = z.object({ jsonFile: z.string() });
const indexSchema = z.object({
  reply: z.object({
    'codemodel-v2': named,
    'toolchains-v1': named.optional(),
    'cmakeFiles-v1': named.optional(),
  }),
});
const modelSchema = z.object({ configurations: z.array(z.object({ targets: z.array(named) })) });
const targetSchema = z.object({
  type: z.string(),
  /** Present where the target is installed. */
  install: z.unknown().optional(),
  artifacts: z.array(z.object({ path: z.string() })).default([]),
});
const toolchainsSchema = z.object({
  toolchains: z.array(
    z.object({
      language: z.string(),
      compiler: z.object({ path: z.string().optional(), id: z.string().optional() }),
    }),
  ),
});

const filesSchema = z.object({
  inputs: z.array(
    z.object({ path: z.string(), isExternal: z.boolean().optional(), isCMake: z.boolean().optional() }),
  ),
});

/** What is asked of CMake's file API. */
export const QUESTIONS = ['codemodel-v2', 'toolchains-v1', 'cmakeFiles-v1'] as const;

export interface CMakeReply {
  /** Programs and shared libraries that have been built, and static ones that are installed; absolute. */
  artefacts: string[];
  /** Of C++, or of C where a project has no C++. */
  compiler?: { path: string; isGnu: boolean };
  /** Files that CMake read outside of the sources and of its own installation; absolute. */
  inputs: string[];
}

/** The reply of the last configuration in a build folder. */
export async function readCMakeReply(folder: string): Promise<CMakeReply> {
  const reply = join(folder, '.cmake', 'api', 'v1', 'reply');
  const read = async (name: string): Promise<unknown> =>
    JSON.parse(await readFile(join(reply, name), 'utf8')) as unknown;
  const newest = (await readdir(reply))
    .filter((name) => name.startsWith('index-'))
    .sort()
    .at(-1);
  if (newest === undefined) return { artefacts: [], inputs: [] };
  const index = indexSchema.parse(await read(newest)).reply;
  const model = modelSchema.parse(await read(index['codemodel-v2'].jsonFile));
  const artefacts: string[] = [];
  for (const { jsonFile } of model.configurations[0]?.targets ?? []) {
    const target = targetSchema.parse(await read(jsonFile));
    if (!isForOthers(target)) continue;
    for (const { path } of target.artifacts) {
      const absolute = path.startsWith('/') ? path : join(folder, path);
      if (await exists(absolute)) artefacts.push(absolute);
    }
  }
  artefacts.sort();
  const files = index['cmakeFiles-v1'];
  const inputs = files === undefined ? [] : filesSchema.parse(await read(files.jsonFile)).inputs;
  const found = {
    artefacts,
    inputs: inputs
      .filter((file) => file.isExternal === true && file.isCMake !== true)
      .map(({ path }) => path),
  };
  const toolchains = index['toolchains-v1'];
  if (toolchains === undefined) return found;
  const all = toolchainsSchema.parse(await read(toolchains.jsonFile)).toolchains;
  const chosen = ['CXX', 'C'].map((wanted) => all.find(({ language }) => language === wanted)?.compiler.path);
  const path = chosen.find((p) => p !== undefined);
  const id = all.find(({ compiler }) => compiler.path === path)?.compiler.id;
  return path === undefined ? found : { ...found, compiler: { path, isGnu: id === 'GNU' } };
}

/** A static library that is not installed is a step of the build. */
function isForOthers({ type, install }: z.infer<typeof targetSchema>): boolean {
  if (type === 'STATIC_LIBRARY') return install !== undefined;
  return ['EXECUTABLE', 'SHARED_LIBRARY', 'MODULE_LIBRARY'].includes(type);
}
