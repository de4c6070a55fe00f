/**
 * Smoke tests that passed before on the same bytes. Contract: what processes did is kept, never whether it was as expected;
 * only of tests that passed, since a failure may be the fault of a busy machine or chance and is looked at again; and where
 * threads run freely, only for a day, since each further run is another sample.
 */
import { arch, release } from 'node:os';
import { join } from 'node:path';
import type { SmokeResult, SmokeRun, SmokeTest } from '../domain/smoke.js';
import { sha256Json } from '../host/files.js';
import { hashProgram } from '../store/cache/program.js';
import type { ResultCache } from '../store/cache/result-cache.js';
import type { NativeBuild } from './build.js';
import { judgeObserved, smokeLog, type ObservedProcess } from './smoke.js';
import { describeOutside } from './outside-file.js';
import { toolEnvironment } from './toolchain.js';

export interface SmokeMemory {
  cache: ResultCache;
  /** Id of the record that will hold this run. */
  runId: string;
  logFolder: string;
  /** Deadline of one process. */
  timeoutSeconds: number;
  /** `hashSurroundings` of when the tests began. */
  around: string;
  now: () => number;
}

/** What starts processes, reads what they did and builds what they are. */
const PARTS = ['native', 'domain', 'host'];
const DAY = 24 * 3_600_000;

/** Key of a test on these builds; undefined where one of them is not there. */
export function smokeKey(
  test: SmokeTest,
  builds: ReadonlyMap<string, NativeBuild>,
  { around, timeoutSeconds }: Pick<SmokeMemory, 'around' | 'timeoutSeconds'>,
): string | undefined {
  const made = [test.without, test.with].map(({ preset }) => builds.get(preset));
  const built = made.map((build) => build?.identity);
  if (built.includes(undefined)) return undefined;
  // A program may read a file that lies among its sources, and no artefact tells.
  const sources = made.map((build) => hashSources(build?.result.sources ?? []));
  const sides = [test.without, test.with].map(asStarted);
  const program = hashProgram(PARTS);
  const { name, attempts } = test;
  return sha256Json({ name, attempts, sides, built, sources, timeoutSeconds, around, program });
}

const hashes = new WeakMap<object, string>();

/** One hash for a build's list of sources: it is long, and hundreds of tests share it. */
function hashSources(sources: NativeBuild['result']['sources']): string {
  const hash = hashes.get(sources) ?? sha256Json(sources);
  hashes.set(sources, hash);
  return hash;
}

/** All of a side but what is expected of it. */
function asStarted({ preset, program, args, inject, env }: SmokeRun): Omit<SmokeRun, 'expect'> {
  return { preset, program, args, inject, env };
}

/**
 * What every program sees besides its arguments: variables, the kernel, and the system's libraries, whose list the loader
 * has written anew when one is installed.
 */
export function hashSurroundings(env: NodeJS.ProcessEnv): string {
  const libraries = describeOutside('/etc/ld.so.cache') ?? 'none';
  return sha256Json([toolEnvironment(env), process.platform, arch(), release(), libraries]);
}

/** What a test showed before, judged by what it expects now; undefined where it has to be run. */
export function recallSmoke(test: SmokeTest, key: string, memory: SmokeMemory): SmokeResult | undefined {
  const found = memory.cache.find('smoke', key, `smoke test ${test.name}`, logsOf(test, memory.logFolder));
  if (!found) return undefined;
  const observed = JSON.parse(found.parts[0] ?? '[]') as ObservedProcess[];
  if (runsFreely(test, observed) && memory.now() - Date.parse(found.at) > DAY) return undefined;
  const { from, at } = found;
  return { ...judgeObserved(test, observed), reused: { from, at } };
}

export function keepSmoke(
  test: SmokeTest,
  key: string,
  observed: readonly ObservedProcess[],
  result: SmokeResult,
  memory: SmokeMemory,
): void {
  if (result.state !== 'passed') return;
  memory.cache.keep('smoke', key, {
    from: memory.runId,
    at: new Date(memory.now()).toISOString(),
    parts: [JSON.stringify(observed)],
    files: logsOf(test, memory.logFolder),
  });
}

/** Chance has a part in a test that is made several times, or whose program names the seed it ran with. */
function runsFreely(test: SmokeTest, observed: readonly ObservedProcess[]): boolean {
  return test.attempts > 1 || observed.some(({ seen }) => typeof seen.report?.seed === 'number');
}

function logsOf(test: SmokeTest, folder: string): string[] {
  return (['without', 'with'] as const).flatMap((side) =>
    Array.from({ length: test.attempts }, (_, i) => join(folder, smokeLog(test, side, i + 1))),
  );
}
