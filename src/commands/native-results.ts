/** The native half of `verify`: anchors, builds, smoke tests; what cannot be read is a problem of the input, not a crash. */
import { join, relative } from 'node:path';
import { Problem, unreachable } from '../domain/problem.js';
import type { AnchorMap, BuildResult } from '../domain/run-record.js';
import type { SmokeResult, SmokeTest } from '../domain/smoke.js';
import { foldClaimMap } from '../evidence/claim-map.js';
import { readDeclaredTests, runNativeStage } from '../native/native-stage.js';
import { describeReuse } from '../report/age.js';
import { SMOKE_LINES, writeSmokeLines } from '../native/smoke-lines.js';
import type { LoadedModule } from '../project/loaded-module.js';
import type { Project } from '../project/project.js';
import { readAnchors } from '../source/anchors.js';
import type { Session } from './session.js';

export interface NativeResults {
  anchors: AnchorMap | null;
  builds: BuildResult[];
  smoke: SmokeResult[];
  problems: Problem[];
}

/** Where native code is not looked at. */
export const NO_NATIVE: NativeResults = { anchors: null, builds: [], smoke: [], problems: [] };

function markOf(state: (BuildResult | SmokeResult)['state']): string {
  switch (state) {
    case 'built':
    case 'passed':
      return 'ok  ';
    case 'failed':
      return 'FAIL';
    case 'not run':
      return 'open';
    default:
      return unreachable(state);
  }
}

const claimIdsOf = (modules: LoadedModule[]): Set<string> =>
  new Set(modules.flatMap((m) => Object.keys(m.claims).map((c) => `${m.name}!${c}`)));

/** What is wrong with the files that the native stage reads: found before hours of model checking and not after them. */
export async function inspectNative(
  project: Project,
  modules: LoadedModule[],
): Promise<{ problems: Problem[]; tests?: SmokeTest[] }> {
  if (!project.native) return { problems: [] };
  try {
    const claims = claimIdsOf(modules);
    return { problems: [], tests: await readDeclaredTests(project.root, project.native, { claims }) };
  } catch (error) {
    if (error instanceof Problem) return { problems: [error] };
    throw error;
  }
}

/**
 * Reads anchors, builds, runs smoke tests; a broken tests file is a problem of the input, not a crash.
 * @param tests where they have been read already
 */
export async function runNative(
  project: Project,
  modules: LoadedModule[],
  session: Session,
  tests: readonly SmokeTest[] | undefined,
): Promise<NativeResults> {
  if (!project.native) return NO_NATIVE;
  const [anchors, tested] = await Promise.all([
    mapClaims(project.root, project.native.covered, modules),
    testNative(project.root, project.native, { modules, session, tests }),
  ]);
  return { anchors, ...tested };
}

async function mapClaims(
  root: string,
  covered: readonly string[],
  modules: LoadedModule[],
): Promise<AnchorMap> {
  const read = await readAnchors(root, covered);
  return { ...read, faults: foldClaimMap(modules, read).faults };
}

async function testNative(
  root: string,
  native: NonNullable<Project['native']>,
  {
    modules,
    session,
    tests,
  }: { modules: LoadedModule[]; session: Session; tests: readonly SmokeTest[] | undefined },
): Promise<Omit<NativeResults, 'anchors'>> {
  const claims = claimIdsOf(modules);
  try {
    const { builds, smoke } = await runNativeStage(root, native, {
      logFolder: `${session.context.run.folder}/logs`,
      claims,
      ...(tests ? { tests } : {}),
      fresh: session.fresh,
      hash: session.hashes.hash,
      memory: { cache: session.context.cache, runId: session.runId },
      onBuild: (build) => {
        session.context.live.say(
          `${markOf(build.state)} build ${build.preset}  ${build.state} ${build.reason}`.trimEnd(),
        );
      },
      onResult: (result) => {
        const reused = result.reused ? `  ${describeReuse(result.reused, Date.now())}` : '';
        session.context.live.say(
          `${markOf(result.state)} smoke test ${result.name}  ${result.reason}${reused}`.trimEnd(),
        );
      },
    });
    const lines = join(session.context.run.folder, SMOKE_LINES);
    await writeSmokeLines(lines, smoke);
    session.context.live.say(`     smoke tests as JSON lines  ${relative(root, lines)}`);
    return { builds, smoke, problems: [] };
  } catch (error) {
    if (error instanceof Problem) return { builds: [], smoke: [], problems: [error] };
    throw error;
  }
}
