/**
 * Builds one preset of the native sources with CMake. Contract: the source tree is never written to; a missing tool is
 * "not run"; a build that fails says where; only what this build's targets produce counts as an artefact. Where nothing
 * has changed since the last build and its artefacts are still what came out, nothing is run.
 */
import { mkdir, realpath, rm } from 'node:fs/promises';
import { join, posix, relative } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { BuildResult } from '../domain/run-record.js';
import { Problem } from '../domain/problem.js';
import { exists, sha256File, sha256Json, writeFileAtomic } from '../host/files.js';
import { runProcess } from '../host/processes.js';
import { buildFolderOf, withBuildLock } from './build-folder.js';
import { findFirstError, findMissingPart } from './build-log.js';
import {
  describeFinishedBuild,
  keepFinishedBuild,
  lookForFinishedBuild,
  type FinishedBuild,
  type LastBuild,
} from './build-memory.js';
import { hashSources, listReadFiles, removeOtherConfiguration } from './build-sources.js';
import { QUESTIONS, readCMakeReply } from './cmake-reply.js';
import { readPresets, type NativePreset } from './presets.js';
import { stageFiles } from './stage.js';
import { findMissingTool, findSanitizerRuntime, sanitizerOf, toolEnvironment } from './toolchain.js';

export interface BuildOptions {
  /** Raw logs go here; made when missing. */
  logFolder: string;
  /** Default `build-<preset>.log`. */
  log?: string;
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
  /** Build from nothing, whatever is there. */
  fresh?: boolean;
  /** Hash of a file's content, where the caller remembers those of unchanged files. */
  hash?: (path: string) => Promise<string>;
  /** What lies under the native folder, where the caller has just hashed it. */
  sources?: BuildResult['sources'];
  /** Called for a turn before a tool is started: presets that only have to be looked at are looked at side by side. */
  turn?: <T>(work: () => Promise<T>) => Promise<T>;
  /** Seconds since 1970 that compilers write instead of the time, should they write one. */
  sourceDate?: number;
}

/** A build, and where its programs and libraries can be started from. */
export interface NativeBuild {
  result: BuildResult;
  preset: NativePreset;
  /** Absolute; the stage's folder where one was given. Artefacts lie in it by their paths. Empty unless built. */
  folder: string;
  /** The C++ compiler that CMake chose; absent unless built. */
  compiler?: { path: string; isGnu: boolean };
  /** Hash over every artefact and the tools they were made with; absent unless built. */
  identity?: string;
}

/** Configures and builds `preset`. Throws only for a preset that does not exist. */
export async function buildPreset(
  root: string,
  native: string,
  presetName: string,
  options: BuildOptions,
): Promise<NativeBuild> {
  let startedAt = performance.now();
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
  if (options.sourceDate !== undefined) env.SOURCE_DATE_EPOCH = String(options.sourceDate);
  const result: BuildResult = {
    preset: presetName,
    state: 'not run',
    reason: '',
    command: [],
    milliseconds: 0,
    artefacts: [],
    sources: options.sources ?? (await hashSources(root, native)),
    log: options.log ?? `build-${presetName}.log`,
  };
  const finish = (state: BuildResult['state'], reason: string, folder = ''): NativeBuild => {
    Object.assign(result, { state, reason, milliseconds: Math.round(performance.now() - startedAt) });
    return { result, preset, folder };
  };
  if (!preset.forThisSystem) return finish('not run', (await findMissingTool(preset, env)) ?? '');
  const folder = options.buildFolder ?? (await buildFolderOf(root, presetName, options.env));
  return withBuildLock(folder, async () => {
    const wanted = { sources: result.sources, targets: options.targets ?? [], env };
    const last: LastBuild =
      options.fresh === true
        ? { kind: 'unusable', why: '' }
        : await lookForFinishedBuild(folder, wanted, options.hash);
    // Where nothing has to be built, no tool is asked for: each of those it was built with is there.
    const missing = last.kind === 'unchanged' ? undefined : await findMissingTool(preset, env);
    if (missing !== undefined) return finish('not run', missing);
    if (last.kind === 'unusable') await rm(folder, { recursive: true, force: true });
    const finishBuilt = async (build: FinishedBuild, reason: string): Promise<NativeBuild> => {
      result.artefacts = build.artefacts.map((a) => ({ ...a, path: relative(folder, a.path) }));
      const paths = result.artefacts.map(({ path }) => path);
      const place =
        options.stage === undefined ? folder : await stageFiles(options.stage, presetName, folder, paths);
      const identity = sha256Json([result.artefacts.map((a) => [a.path, a.sha256]), build.tools]);
      const built = { ...finish('built', reason, place), identity };
      return build.compiler === undefined ? built : { ...built, compiler: build.compiler };
    };
    if (last.kind === 'unchanged') {
      const { builtAt, sources } = last.build;
      const reason = `unchanged since ${builtAt}, built from sources ${sources.slice(0, 12)}`;
      await writeFileAtomic(join(options.logFolder, result.log), `${reason}\n`);
      return finishBuilt(last.build, reason);
    }
    const buildAnew = async (): Promise<NativeBuild> => {
      // The wait for a turn is no part of the build.
      startedAt = performance.now();
      const failure = await configureAndBuild(root, native, folder, options, env, result);
      if (failure !== undefined) return finish(failure.state, failure.reason);
      const { artefacts, compiler, inputs } = await readCMakeReply(folder);
      const lists = posix.join(native, 'CMakeLists.txt');
      if (artefacts.length === 0) return finish('failed', `${lists}:1: builds no program and no library`);
      const astray = artefacts.find((path) => !path.startsWith(`${folder}/`));
      // Two presets would write it in turn, and a test would run what the other one made.
      if (astray !== undefined)
        return finish('failed', `${lists}:1: ${astray} lies outside of the build folder (CMAKE_BINARY_DIR)`);
      const readFiles = await listReadFiles(folder, join(await realpath(root), native), env);
      const build = await describeFinishedBuild(folder, wanted, artefacts, compiler, {
        runtime: await findRuntime(preset, compiler, env),
        headers: [...new Set([...(readFiles ?? []), ...inputs])],
      });
      const notes = [`${artefacts.length} programs and libraries`];
      if (last.kind === 'unusable' && last.why !== '') notes.push(`built again: ${last.why}`);
      // Nobody knows which state of a file the compiler read: what came out is no build of either.
      if (!isDeepStrictEqual(await hashSources(root, native), result.sources))
        notes.push('sources changed meanwhile');
      // Where nobody says what a compiler read, the program that builds is asked each time what has changed.
      else if (readFiles !== undefined) await keepFinishedBuild(folder, build);
      return finishBuilt(build, notes.join('; '));
    };
    return options.turn === undefined ? buildAnew() : options.turn(buildAnew);
  });
}

/**
 * Copies a build's programs and libraries into a stage, as they were when it was made; "not run" where another workbench
 * has built something else there since.
 */
export async function stageBuild(
  build: NativeBuild,
  stage: string,
  hash: (path: string) => Promise<string> = sha256File,
): Promise<NativeBuild> {
  const { result, folder } = build;
  if (result.state !== 'built') return build;
  return withBuildLock(folder, async () => {
    const paths = result.artefacts.map(({ path }) => path);
    const now = await Promise.all(paths.map((path) => hash(join(folder, path)).catch(() => '')));
    if (!result.artefacts.every(({ sha256 }, i) => now[i] === sha256)) {
      const reason = 'another workbench has built here meanwhile';
      return { ...build, folder: '', result: { ...result, state: 'not run', reason } };
    }
    return { ...build, folder: await stageFiles(stage, result.preset, folder, paths) };
  });
}

/** The library that programs with GCC's sanitizer load; its place is the compiler's own business. */
async function findRuntime(
  preset: NativePreset,
  compiler: NativeBuild['compiler'],
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const sanitizer = sanitizerOf(preset);
  if (sanitizer === undefined || compiler?.isGnu !== true) return undefined;
  return findSanitizerRuntime(compiler.path, sanitizer, env);
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
    if (ran.startError !== undefined)
      return { state: 'not run', reason: `${command[0] ?? ''}: ${ran.startError}` };
    if (ran.exit === 0) return undefined;
    const missing = findMissingPart(said);
    if (missing !== undefined) return { state: 'not run', reason: missing };
    return { state: 'failed', reason: findFirstError(said, await realpath(root), native) };
  };
  const query = join(folder, '.cmake', 'api', 'v1', 'query');
  // Programs find their libraries beside them wherever the folder is copied to.
  const movable = '-DCMAKE_BUILD_RPATH_USE_ORIGIN=ON';
  const configure = ['cmake', '--preset', result.preset, '-S', source, '-B', folder, movable];
  await removeOtherConfiguration(folder, result.sources);
  const hadCache = await exists(join(folder, 'CMakeCache.txt'));
  const ask = async (): Promise<void> => {
    await mkdir(query, { recursive: true });
    for (const question of QUESTIONS) await writeFileAtomic(join(query, question), '');
  };
  await ask();
  let failure = await run(configure);
  if (
    (failure?.state === 'failed' || log.includes('changed variables that require your cache')) &&
    hadCache
  ) {
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
