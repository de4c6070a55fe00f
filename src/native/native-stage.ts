/**
 * The native part of a run, end to end: every preset that the smoke tests need is built and staged, then every test is
 * run. Nothing of it is left behind but the logs.
 */
import { join } from 'node:path';
import pLimit from 'p-limit';
import type { BuildResult } from '../domain/run-record.js';
import type { SmokeResult, SmokeTest } from '../domain/smoke.js';
import { removeTempFolder } from '../host/temp-folders.js';
import type { ResultCache } from '../store/cache/result-cache.js';
import { buildPreset, stageBuild, type BuildOptions, type NativeBuild } from './build.js';
import { hashSources } from './build-sources.js';
import { readPresets } from './presets.js';
import { runSmokeTests, type SmokeOptions } from './smoke.js';
import { presetsOf, readSmokeTests } from './smoke-file.js';
import { hashSurroundings, keepSmoke, recallSmoke, smokeKey, type SmokeMemory } from './smoke-memory.js';
import { makeStage } from './stage.js';

export interface NativeStageOptions
  extends
    Omit<SmokeOptions, 'jobs' | 'onObserved'>,
    Omit<BuildOptions, 'stage' | 'targets' | 'sources' | 'turn'> {
  /** Claim ids that modules declare; a test that names another is a Problem. */
  claims?: ReadonlySet<string>;
  /** Absent: they are read. */
  tests?: readonly SmokeTest[];
  /** Where results of earlier runs are kept; absent: every test is run. */
  memory?: { cache: ResultCache; runId: string; now?: () => number };
  onBuild?: (result: BuildResult) => void;
}

export interface NativeStageResult {
  builds: BuildResult[];
  smoke: SmokeResult[];
}

/** A smoke test mostly waits, and one that hangs only waits: a lost unlock must not hold a run up for minutes. */
const SMOKE_JOBS = 4;
const TIMEOUT_SECONDS = 30;

type NativeFolders = { root: string; smoke?: string | undefined };

/** The smoke tests of a project, held against its presets and, where they are given, the claims of its modules. */
export async function readDeclaredTests(
  root: string,
  native: NativeFolders,
  options: Pick<NativeStageOptions, 'claims' | 'platform'>,
): Promise<SmokeTest[]> {
  const presets = new Set((await readPresets(root, native.root, options.platform)).map(({ name }) => name));
  const file = native.smoke ?? `${native.root}/smoke/tests.json`;
  return readSmokeTests(root, file, { claims: options.claims, presets });
}

/** @param native `native` of workbench.json */
export async function runNativeStage(
  root: string,
  native: NativeFolders,
  options: NativeStageOptions,
): Promise<NativeStageResult> {
  const tests = options.tests ?? (await readDeclaredTests(root, native, options));
  const builds = await makeBuilds(root, native.root, presetsOf(tests), options);
  const memory = options.memory && {
    now: Date.now,
    ...options.memory,
    logFolder: options.logFolder,
    timeoutSeconds: options.timeoutSeconds ?? TIMEOUT_SECONDS,
    around: hashSurroundings(options.env ?? process.env),
  };
  const known = new Map<SmokeTest, SmokeResult>();
  for (const test of memory ? tests : []) {
    const key = memory && smokeKey(test, builds, memory);
    const result = key === undefined || memory === undefined ? undefined : recallSmoke(test, key, memory);
    if (result === undefined) continue;
    known.set(test, result);
    options.onResult?.(result);
  }
  const open = tests.filter((test) => !known.has(test));
  const results = await runOpenTests(open, builds, { ...options, jobs: SMOKE_JOBS, memory });
  const smoke = tests.flatMap((test) => known.get(test) ?? results.get(test) ?? []);
  return { builds: [...builds.values()].map((build) => build.result), smoke };
}

/** Looks at every preset at once, and builds those that have to be built one after the other: each uses every core. */
async function makeBuilds(
  root: string,
  native: string,
  presets: readonly string[],
  options: NativeStageOptions,
): Promise<Map<string, NativeBuild>> {
  const turn = pLimit(1);
  const sources = await hashSources(root, native);
  const made = await Promise.allSettled(
    presets.map(async (preset) => {
      const folder =
        options.buildFolder === undefined ? {} : { buildFolder: join(options.buildFolder, preset) };
      const build = await buildPreset(root, native, preset, { ...options, ...folder, sources, turn });
      options.onBuild?.(build.result);
      return [preset, build] as const;
    }),
  );
  // No build goes on behind the back of an error.
  const failed = made.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return new Map(made.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])));
}

/** Stages what the tests need and runs them there. */
async function runOpenTests(
  tests: readonly SmokeTest[],
  builds: ReadonlyMap<string, NativeBuild>,
  options: SmokeOptions & Pick<BuildOptions, 'hash'> & { memory: SmokeMemory | undefined },
): Promise<Map<SmokeTest, SmokeResult>> {
  if (tests.length === 0) return new Map();
  const { memory } = options;
  const stage = await makeStage();
  try {
    const staged = new Map<string, NativeBuild>();
    for (const preset of presetsOf(tests)) {
      const build = builds.get(preset);
      if (build !== undefined) staged.set(preset, await stageBuild(build, stage, options.hash));
    }
    const results = await runSmokeTests(tests, staged, {
      ...options,
      onObserved: (test, observed, result) => {
        const key = memory && smokeKey(test, staged, memory);
        if (memory && key !== undefined) keepSmoke(test, key, observed, result, memory);
      },
    });
    return new Map(tests.flatMap((test, i) => (results[i] ? [[test, results[i]]] : [])));
  } finally {
    await removeTempFolder(stage);
  }
}
