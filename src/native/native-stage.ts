/**
 * The native part of a run, end to end: every preset that the smoke tests need is built and staged, then every test is
 * run. Nothing of it is left behind but the logs.
 */
import { join } from 'node:path';
import type { BuildResult } from '../domain/run-record.js';
import type { SmokeResult } from '../domain/smoke.js';
import { removeTempFolder } from '../host/temp-folders.js';
import { buildPreset, type BuildOptions, type NativeBuild } from './build.js';
import { runSmokeTests, type SmokeOptions } from './smoke.js';
import { presetsOf, readSmokeTests } from './smoke-file.js';
import { makeStage } from './stage.js';

export interface NativeStageOptions
  extends Omit<SmokeOptions, 'jobs'>, Omit<BuildOptions, 'stage' | 'targets'> {
  /** Claim ids that modules declare; a test that names another is a Problem. */
  claims?: ReadonlySet<string>;
  onBuild?: (result: BuildResult) => void;
}

export interface NativeStageResult {
  builds: BuildResult[];
  smoke: SmokeResult[];
}

/** A smoke test mostly waits, and one that hangs only waits: a lost unlock must not hold a run up for minutes. */
const SMOKE_JOBS = 4;

/** @param native `native` of workbench.json */
export async function runNativeStage(
  root: string,
  native: { root: string; smoke?: string | undefined },
  options: NativeStageOptions,
): Promise<NativeStageResult> {
  const file = native.smoke ?? `${native.root}/smoke/tests.json`;
  const tests = await readSmokeTests(root, file, options.claims);
  const stage = await makeStage();
  try {
    const builds = new Map<string, NativeBuild>();
    for (const preset of presetsOf(tests)) {
      const buildFolder = options.buildFolder === undefined ? undefined : join(options.buildFolder, preset);
      const build = await buildPreset(root, native.root, preset, {
        ...options,
        stage,
        ...(buildFolder === undefined ? {} : { buildFolder }),
      });
      builds.set(preset, build);
      options.onBuild?.(build.result);
    }
    const smoke = await runSmokeTests(tests, builds, { ...options, jobs: SMOKE_JOBS });
    return { builds: [...builds.values()].map((build) => build.result), smoke };
  } finally {
    await removeTempFolder(stage);
  }
}
