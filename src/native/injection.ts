/**
 * Puts together how a program is started with libraries injected. Contract: the process sees none of the user's
 * environment that could change what it shows; every path in LD_PRELOAD is one the loader takes whole.
 */
import { join } from 'node:path';
import type { SmokeRun } from '../domain/smoke.js';
import { findArtefact } from './artefact-names.js';
import type { NativeBuild } from './build.js';
import { isPreloadable } from './stage.js';
import { findSanitizerRuntime, linkedSanitizer, sanitizerOf, toolEnvironment } from './toolchain.js';

export interface Launch {
  command: string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  /** Full paths in LD_PRELOAD, in order. */
  injected: string[];
}

/** How to start one side of a smoke test, or why it cannot be. */
export async function prepareLaunch(
  run: SmokeRun,
  build: NativeBuild,
  env: NodeJS.ProcessEnv,
): Promise<Launch | { obstacle: string; missing: 'artefact' | 'tool' }> {
  const built = build.result.artefacts.map((artefact) => artefact.path);
  const places: string[] = [];
  for (const name of [run.program, ...run.inject]) {
    const found = findArtefact(name, built);
    if ('obstacle' in found)
      return { obstacle: `preset ${run.preset} ${found.obstacle}`, missing: 'artefact' };
    places.push(join(build.folder, found.path));
  }
  const [program = '', ...injected] = places;
  const sanitizer =
    sanitizerOf(build.preset) ?? (injected.length > 0 ? await linkedSanitizer(places) : undefined);
  const clean: NodeJS.ProcessEnv = { ...toolEnvironment(env), LC_ALL: 'C' };
  if (injected.length > 0 && sanitizer !== undefined && build.compiler?.isGnu === true) {
    // GCC's runtime is a library of its own, and has to come before anything that was built with it.
    const runtime = await findSanitizerRuntime(build.compiler.path, sanitizer, toolEnvironment(env));
    if (runtime !== undefined) injected.unshift(runtime);
    else if (sanitizer !== 'undefined') {
      return { obstacle: `no library of the ${sanitizer} sanitizer`, missing: 'tool' };
    }
  }
  // Clang's runtime is in the program; it starts a symbolizer, which would inherit the preload.
  if (injected.length > 0 && build.compiler?.isGnu === false) clean.ASAN_OPTIONS = 'symbolize=0';
  const unusable = injected.find((path) => !isPreloadable(path));
  if (unusable !== undefined) {
    return { obstacle: `LD_PRELOAD would not take ${unusable} as one path`, missing: 'tool' };
  }
  return {
    command: [program, ...run.args],
    cwd: build.folder,
    env: { ...clean, ...run.env, ...(injected.length === 0 ? {} : { LD_PRELOAD: injected.join(':') }) },
    injected,
  };
}
