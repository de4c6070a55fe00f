/**
 * Builds a preset and asserts of its artefacts what workbench.json says of the libraries. Contract: a build for macOS is
 * made twice, in two folders and on two dates, and both must come out alike; what was not built has no check that holds.
 */
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { BuildCheck, BuildResult } from '../domain/run-record.js';
import { isSharedLibrary } from './artefact-names.js';
import { buildFolderOf } from './build-folder.js';
import { buildPreset, type BuildOptions, type NativeBuild } from './build.js';
import { MACHO_CHECKS, REPEATABLE } from './inspect/checks.js';
import { checkArtefact, compareBuilds, type KnownLibrary } from './inspect/library-checks.js';
import type { NativePreset } from './presets.js';

/** A day in 1971: no clock of today writes it. */
const OTHER_DATE = 31_536_000;

/** Architectures of a preset for macOS; empty for any other. */
export function architecturesOf(preset: NativePreset): string[] {
  return (preset.variables.CMAKE_OSX_ARCHITECTURES ?? '').split(';').filter((name) => name !== '');
}

/** As `buildPreset`, with `checks` in the result. */
export async function buildAndCheck(
  root: string,
  native: string,
  presetName: string,
  libraries: readonly KnownLibrary[],
  options: Omit<BuildOptions, 'stage' | 'targets' | 'sourceDate'>,
): Promise<NativeBuild> {
  const build = await buildPreset(root, native, presetName, options);
  const architectures = architecturesOf(build.preset);
  const { result } = build;
  if (result.state !== 'built') return { ...build, result: { ...result, checks: notRun(build, libraries) } };
  const checks: BuildCheck[] = [];
  for (const { path } of result.artefacts) {
    checks.push(...(await checkArtefact(join(build.folder, path), path, architectures, libraries)));
  }
  checks.push(...missingLibraries(build, libraries));
  if (architectures.length === 0) return { ...build, result: { ...result, checks } };
  const folder = options.buildFolder ?? (await buildFolderOf(root, presetName, options.env));
  const second = await buildPreset(root, native, presetName, {
    ...options,
    buildFolder: `${folder}-again`,
    sourceDate: OTHER_DATE,
    log: `build-${presetName}-again.log`,
  });
  checks.push(...compareWithSecond(result, second.result));
  const command = [...result.command, ...second.result.command];
  const milliseconds = result.milliseconds + second.result.milliseconds;
  return { ...build, result: { ...result, command, milliseconds, checks } };
}

function compareWithSecond(first: BuildResult, second: BuildResult): BuildCheck[] {
  const all = { check: REPEATABLE, artefact: 'all' };
  if (!isDeepStrictEqual(first.sources, second.sources)) {
    return [{ ...all, state: 'not run', detail: 'sources changed between the two builds' }];
  }
  if (second.state === 'built') return compareBuilds(first.artefacts, second.artefacts);
  const state = second.state === 'failed' ? 'fails' : 'not run';
  return [{ ...all, state, detail: `the second build: ${second.reason}` }];
}

/** A build that makes no declared library would pass with nothing asserted. */
function missingLibraries({ preset, result }: NativeBuild, libraries: readonly KnownLibrary[]): BuildCheck[] {
  const made = result.artefacts.map(({ path }) => path);
  return libraries
    .filter(({ name }) => !made.some((path) => isSharedLibrary(path, name)))
    .map(({ name }) => ({
      check: 'artefact',
      artefact: artefactOf(name, preset),
      state: 'fails',
      detail: 'the build makes none, and workbench.json declares the library',
    }));
}

function artefactOf(library: string, preset: NativePreset): string {
  return `lib${library}.${architecturesOf(preset).length > 0 ? 'dylib' : 'so'}`;
}

/** Every check that would have been made. */
function notRun({ preset, result }: NativeBuild, libraries: readonly KnownLibrary[]): BuildCheck[] {
  const isMachO = architecturesOf(preset).length > 0;
  const checks = isMachO ? [...MACHO_CHECKS, REPEATABLE] : ['exports'];
  const detail = result.state === 'failed' ? 'the build failed' : result.reason;
  return libraries.flatMap(({ name }) => {
    const artefact = artefactOf(name, preset);
    return checks.map((check) => ({ check, artefact, state: 'not run' as const, detail }));
  });
}
