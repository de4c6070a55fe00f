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
import { compare, describe, observe, type Observation } from './smoke-expectation.js';
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
  /** Told of each test all of whose processes ran to an end. */
  onObserved?: (test: SmokeTest, observed: readonly ObservedProcess[], result: SmokeResult) => void;
}

/** A program that prints until its deadline would fill the disk. */
const LONGEST_LOG = 16 * 2 ** 20;

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
    const files = build.result.artefacts.map((artefact) => artefact.path);
    staged.set(name, { ...build, folder: await stageFiles(stage, name, build.folder, files) });
  }
  return { builds: staged, stages };
}

/** One process of a test, and what it did: all that a verdict about it is made from. */
export interface ObservedProcess {
  side: 'without' | 'with';
  attempt: number;
  command: string[];
  injected: string[];
  seen: Observation;
  milliseconds: number;
}

/** Name of the log of one process. */
export function smokeLog(test: SmokeTest, side: 'without' | 'with', attempt: number): string {
  return `smoke-${test.name}-${side}-${attempt}.log`;
}

async function runSmokeTest(
  test: SmokeTest,
  builds: ReadonlyMap<string, NativeBuild>,
  options: SmokeOptions,
): Promise<SmokeResult> {
  const observed: ObservedProcess[] = [];
  const end = (state: SmokeResult['state'], reason: string): SmokeResult => ({
    ...judgeObserved(test, observed),
    state,
    reason,
  });
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
    for (let attempt = 1; attempt <= test.attempts; attempt += 1) {
      const logFile = join(options.logFolder, smokeLog(test, side, attempt));
      const start = (way: Launch) =>
        runProcess({
          ...way,
          keepStdin: false,
          timeoutSeconds: options.timeoutSeconds ?? 30,
          logFile,
          logLimitBytes: LONGEST_LOG,
        });
      const { launch, ran, obstacle } = await runPlaced(prepared, start);
      if (ran.interrupted) return end('not run', 'interrupted');
      const { command, injected } = launch;
      const { milliseconds } = ran;
      observed.push({ side, attempt, command, injected, seen: observe(ran), milliseconds });
      if (obstacle !== null) return end('not run', `the sanitizer does not run here: ${obstacle}`);
    }
  }
  const result = judgeObserved(test, observed);
  options.onObserved?.(test, observed, result);
  return result;
}

/**
 * Holds what processes did against what the test expects of them now; a test whose sides cannot be told apart fails. Pure.
 */
export function judgeObserved(test: SmokeTest, observed: readonly ObservedProcess[]): SmokeResult {
  const shown: string[] = [];
  let failure: string | undefined;
  const attempts = observed.map(({ side, attempt, command, injected, seen, milliseconds }): SmokeAttempt => {
    const { expect } = test[side];
    const difference = compare(expect, seen);
    if (attempt === 1) shown.push(`${side} the fix: ${describe(seen, expect)}`);
    if (difference !== '') failure ??= explain(side, attempt, test.attempts, difference);
    const { exit, signal, faultAddress, sanitizer, report, timedOut } = seen;
    return {
      side,
      attempt,
      command,
      injected,
      exit,
      signal,
      faultAddress,
      sanitizer,
      report,
      milliseconds,
      timedOut,
      asExpected: difference === '',
      difference,
    };
  });
  const alike = observed.find(
    ({ side, seen }) => side === 'with' && compare(test.without.expect, seen) === '',
  );
  if (alike !== undefined) failure ??= TELLS_NOTHING;
  return {
    name: test.name,
    claims: test.claims,
    what: test.what,
    state: failure === undefined ? 'passed' : 'failed',
    reason: failure ?? shown.join('; '),
    attempts,
  };
}

/** A failure that can be declared of the side with the fix as well is none. */
const TELLS_NOTHING =
  'what was seen with the fix is also what the control must show: the test does not tell them apart';

function explain(side: 'without' | 'with', number: number, of: number, difference: string): string {
  const which = of === 1 ? '' : ` (attempt ${number} of ${of})`;
  return side === 'without'
    ? `the control does not show the declared failure${which}: ${difference}`
    : `with the fix${which}: ${difference}`;
}
