/**
 * Runs smoke tests. Contract: a test passes only when every attempt without the fix showed the declared failure and
 * every attempt with it showed its absence; each attempt is recorded; what could not be run is "not run".
 */
import { join } from 'node:path';
import pLimit from 'p-limit';
import type { SmokeAttempt, SmokeResult, SmokeTest } from '../domain/smoke.js';
import { runProcess } from '../host/processes.js';
import { removeTempFolder } from '../host/temp-folders.js';
import type { NativeBuild } from './build.js';
import { runPlaced } from './fixed-addresses.js';
import { prepareLaunch, type Launch } from './injection.js';
import { compare, describe, observe } from './smoke-expectation.js';
import { isPreloadable, makeStage, stageFiles } from './stage.js';

export interface SmokeOptions {
  /** Raw output of each process goes here, as `smoke-<test>-<side>-<attempt>.log`. */
  logFolder: string;
  env?: NodeJS.ProcessEnv;
  /** Deadline of one process. */
  timeoutSeconds?: number;
  /** Tests that run at the same time; default 1. */
  jobs?: number;
  onResult?: (result: SmokeResult) => void;
}

/** Runs every test against the builds of its presets; results in the order of the tests. */
export async function runSmokeTests(
  tests: readonly SmokeTest[],
  builds: ReadonlyMap<string, NativeBuild>,
  options: SmokeOptions,
): Promise<SmokeResult[]> {
  const staged = await stageBuilds(builds);
  const limit = pLimit(options.jobs ?? 1);
  try {
    return await Promise.all(
      tests.map((test) =>
        limit(async () => {
          const result = await runSmokeTest(test, staged.builds, options);
          options.onResult?.(result);
          return result;
        }),
      ),
    );
  } finally {
    for (const stage of staged.stages) await removeTempFolder(stage);
  }
}

/** Builds whose folder LD_PRELOAD could not name are copied to one it can. */
async function stageBuilds(
  builds: ReadonlyMap<string, NativeBuild>,
): Promise<{ builds: Map<string, NativeBuild>; stages: string[] }> {
  const stages: string[] = [];
  const staged = new Map<string, NativeBuild>();
  for (const [name, build] of builds) {
    if (build.result.state !== 'built' || isPreloadable(build.folder)) {
      staged.set(name, build);
      continue;
    }
    const stage = await makeStage();
    stages.push(stage);
    const files = build.result.artefacts.map((artefact) => join(build.folder, artefact.path));
    staged.set(name, { ...build, folder: await stageFiles(stage, name, files) });
  }
  return { builds: staged, stages };
}

async function runSmokeTest(
  test: SmokeTest,
  builds: ReadonlyMap<string, NativeBuild>,
  options: SmokeOptions,
): Promise<SmokeResult> {
  const result: SmokeResult = {
    name: test.name,
    claims: test.claims,
    what: test.what,
    state: 'passed',
    reason: '',
    attempts: [],
  };
  const end = (state: SmokeResult['state'], reason: string): SmokeResult => ({ ...result, state, reason });
  const shown: string[] = [];
  let failure: string | undefined;
  for (const side of ['without', 'with'] as const) {
    const run = test[side];
    const build = builds.get(run.preset);
    if (build === undefined) return end('not run', `preset ${run.preset} was not built`);
    if (build.result.state !== 'built') {
      return end('not run', `preset ${run.preset}: build ${build.result.state}: ${build.result.reason}`);
    }
    const prepared = await prepareLaunch(run, build, options.env ?? process.env);
    if ('obstacle' in prepared)
      return end(prepared.missing === 'tool' ? 'not run' : 'failed', prepared.obstacle);
    for (let number = 1; number <= test.attempts; number += 1) {
      const logFile = join(options.logFolder, `smoke-${test.name}-${side}-${number}.log`);
      const start = (way: Launch) =>
        runProcess({ ...way, keepStdin: false, timeoutSeconds: options.timeoutSeconds ?? 30, logFile });
      const { launch, ran, obstacle } = await runPlaced(prepared, start);
      if (ran.interrupted) return end('not run', 'interrupted');
      const seen = observe(ran);
      const difference = compare(run.expect, seen);
      const attempt: SmokeAttempt = {
        side,
        attempt: number,
        command: launch.command,
        injected: launch.injected,
        exit: seen.exit,
        signal: seen.signal,
        faultAddress: seen.faultAddress,
        sanitizer: seen.sanitizer,
        report: seen.report,
        milliseconds: ran.milliseconds,
        timedOut: seen.timedOut,
        asExpected: difference === '',
        difference,
      };
      result.attempts.push(attempt);
      if (obstacle !== null) return end('not run', `the sanitizer does not run here: ${obstacle}`);
      if (number === 1) shown.push(`${side} the fix: ${describe(seen, run.expect)}`);
      if (difference !== '') failure ??= explain(side, number, test.attempts, difference);
    }
  }
  return failure === undefined ? end('passed', shown.join('; ')) : end('failed', failure);
}

function explain(side: 'without' | 'with', number: number, of: number, difference: string): string {
  const which = of === 1 ? '' : ` (attempt ${number} of ${of})`;
  return side === 'without'
    ? `the control does not show the declared failure${which}: ${difference}`
    : `with the fix${which}: ${difference}`;
}
