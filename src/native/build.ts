/**
 * Builds one preset of the native sources with CMake. Contract: the source tree is never written to; a missing tool is
 * "not run"; a build that fails says where; only what this build's targets produce counts as an artefact.
 */
import { readFile, readdir, realpath, rm, stat, mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { glob } from 'tinyglobby';
import { z } from 'zod';
import type { BuildResult } from '../domain/run-record.js';
import { Problem } from '../domain/problem.js';
import { exists, sha256File, writeFileAtomic } from '../host/files.js';
import { runProcess } from '../host/processes.js';
import { buildFolderOf, withBuildLock } from './build-folder.js';
import { findFirstError } from './build-log.js';
import { readPresets, type NativePreset } from './presets.js';
import { stageFiles } from './stage.js';
import { findMissingTool, toolEnvironment } from './toolchain.js';

export interface BuildOptions {
  /** Raw logs go here, as `build-<preset>.log`; made when missing. */
  logFolder: string;
  /** Build only these targets. */
  targets?: string[];
  /** Build here and not in the user's cache. */
  buildFolder?: string;
  /** Copy programs and libraries into a folder of the preset's name in this stage. */
  stage?: string;
  env?: NodeJS.ProcessEnv;
  platform?: NodeJS.Platform;
  jobs?: number;
  timeoutSeconds?: number;
}

/** A build, and where its programs and libraries can be started from. */
export interface NativeBuild {
  result: BuildResult;
  preset: NativePreset;
  /** Absolute; the stage's folder where one was given. Empty unless built. */
  folder: string;
}

/** Configures and builds `preset`. Throws only for a preset that does not exist. */
export async function buildPreset(
  root: string,
  native: string,
  presetName: string,
  options: BuildOptions,
): Promise<NativeBuild> {
  const startedAt = performance.now();
  const presets = await readPresets(root, native, options.platform);
  const preset = presets.find((p) => p.name === presetName);
  if (preset === undefined) {
    throw new Problem(
      'NATIVE-NO-PRESET',
      `${native}/CMakePresets.json: no preset "${presetName}"`,
      `use one of: ${presets.map((p) => p.name).join(', ')}`,
    );
  }
  const env = toolEnvironment(options.env);
  const result: BuildResult = {
    preset: presetName,
    state: 'not run',
    reason: '',
    command: [],
    milliseconds: 0,
    artefacts: [],
    sources: await hashSources(root, native),
    log: `build-${presetName}.log`,
  };
  const finish = (state: BuildResult['state'], reason: string, folder = ''): NativeBuild => {
    Object.assign(result, { state, reason, milliseconds: Math.round(performance.now() - startedAt) });
    return { result, preset, folder };
  };
  const missing = await findMissingTool(preset, env);
  if (missing !== undefined) return finish('not run', missing);

  const folder = options.buildFolder ?? (await buildFolderOf(root, presetName, options.env));
  return withBuildLock(folder, async () => {
    const failure = await configureAndBuild(root, native, folder, options, env, result);
    if (failure !== undefined) return finish(failure.state, failure.reason);
    const artefacts = await listArtefacts(folder);
    for (const path of artefacts) {
      const bytes = (await stat(path)).size;
      result.artefacts.push({ path: basename(path), sha256: await sha256File(path), bytes });
    }
    if (artefacts.length === 0) return finish('failed', `${native}/CMakeLists.txt:1: builds no program and no library`);
    const place = options.stage === undefined ? folder : await stageFiles(options.stage, presetName, artefacts);
    return finish('built', `${artefacts.length} programs and libraries`, place);
  });
}

type Failure = { state: 'failed' | 'not run'; reason: string } | undefined;

async function configureAndBuild(
  root: string,
  native: string,
  folder: string,
  options: BuildOptions,
  env: NodeJS.ProcessEnv,
  result: BuildResult,
): Promise<Failure> {
  const source = join(await realpath(root), native);
  const timeoutSeconds = options.timeoutSeconds ?? 600;
  let log = '';
  const run = async (command: string[]): Promise<Failure> => {
    result.command.push(command);
    const ran = await runProcess({ command, cwd: source, env, keepStdin: false, timeoutSeconds });
    const said = ran.stdout + ran.stderr;
    log += `$ ${command.join(' ')}\n${said}\n`;
    await mkdir(options.logFolder, { recursive: true });
    await writeFileAtomic(join(options.logFolder, result.log), log);
    if (ran.interrupted) return { state: 'not run', reason: 'interrupted' };
    if (ran.timedOut) return { state: 'not run', reason: `did not end within ${timeoutSeconds} s` };
    if (ran.startError !== undefined) return { state: 'not run', reason: `${command[0] ?? ''}: ${ran.startError}` };
    if (ran.exit === 0) return undefined;
    if (/Could not use disabled preset/.test(said)) {
      return { state: 'not run', reason: `preset ${result.preset} is not for this system` };
    }
    return { state: 'failed', reason: findFirstError(said, await realpath(root), native) };
  };
  const query = join(folder, '.cmake', 'api', 'v1', 'query');
  const configure = ['cmake', '--preset', result.preset, '-S', source, '-B', folder];
  const hadCache = await exists(join(folder, 'CMakeCache.txt'));
  const ask = async (): Promise<void> => {
    await mkdir(query, { recursive: true });
    await writeFileAtomic(join(query, 'codemodel-v2'), '');
  };
  await ask();
  let failure = await run(configure);
  if (failure?.state === 'failed' && hadCache) {
    // An older configuration (another compiler, a moved folder) can be what is in the way.
    await rm(folder, { recursive: true, force: true });
    await ask();
    failure = await run(configure);
  }
  if (failure !== undefined) return failure;
  const jobs = options.jobs === undefined ? [] : [String(options.jobs)];
  const targets = options.targets === undefined ? [] : ['--target', ...options.targets];
  return run(['cmake', '--build', folder, '--parallel', ...jobs, ...targets]);
}

const indexSchema = z.object({ reply: z.object({ 'codemodel-v2': z.object({ jsonFile: z.string() }) }) });
const modelSchema = z.object({
  configurations: z.array(z.object({ targets: z.array(z.object({ jsonFile: z.string() })) })),
});
const targetSchema = z.object({
  type: z.string(),
  artifacts: z.array(z.object({ path: z.string() })).default([]),
});

/** Programs and shared libraries of the configured targets that are built, from CMake's own file API. */
async function listArtefacts(folder: string): Promise<string[]> {
  const reply = join(folder, '.cmake', 'api', 'v1', 'reply');
  const read = async (name: string): Promise<unknown> =>
    JSON.parse(await readFile(join(reply, name), 'utf8')) as unknown;
  const index = (await readdir(reply)).filter((name) => name.startsWith('index-')).sort().at(-1);
  if (index === undefined) return [];
  const model = modelSchema.parse(await read(indexSchema.parse(await read(index)).reply['codemodel-v2'].jsonFile));
  const found: string[] = [];
  for (const { jsonFile } of model.configurations[0]?.targets ?? []) {
    const target = targetSchema.parse(await read(jsonFile));
    if (!['EXECUTABLE', 'SHARED_LIBRARY', 'MODULE_LIBRARY'].includes(target.type)) continue;
    for (const { path } of target.artifacts) {
      const absolute = path.startsWith('/') ? path : join(folder, path);
      if (await exists(absolute)) found.push(absolute);
    }
  }
  return found.sort();
}

/** Every file under the native folder; what a build may read. */
async function hashSources(root: string, native: string): Promise<{ path: string; sha256: string }[]> {
  const files = (await glob('**/*', { cwd: join(root, native), dot: true, expandDirectories: false })).sort();
  return Promise.all(
    files.map(async (path) => ({ path: `${native}/${path}`, sha256: await sha256File(join(root, native, path)) })),
  );
}
