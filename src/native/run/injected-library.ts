/**
 * The library that `run` injects: one that the user names, or the project's own, built by a preset. Contract: a library
 * that the loader could not load is a Problem here, before any program starts.
 */
import { realpathSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EXIT, Problem } from '../../domain/problem.js';
import { isSharedLibrary } from '../artefact-names.js';
import { buildPreset, type NativeBuild } from '../build.js';
import { readPresets } from '../presets.js';
import { findSanitizerRuntime, sanitizerOf, toolEnvironment } from '../toolchain.js';
import { readElf } from './elf.js';
import { readMachO } from './mach-o.js';
import { readPart } from './program-files.js';

export interface InjectedLibrary {
  /** Absolute, without symbolic links. */
  path: string;
  /** Libraries that have to come before it. */
  runtimes: string[];
  /** Variables that a program with it needs, unless the user has set them. */
  defaults: NodeJS.ProcessEnv;
}

/** A library that the user names. */
export function findNamedLibrary(name: string, cwd: string): InjectedLibrary {
  const path = resolve(cwd, name);
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts === undefined) {
    throw new Problem('LIBRARY-MISSING', `${name}: no such file`, 'correct the path behind --library');
  }
  const elf = facts.isFile() ? readPart(path, readElf) : undefined;
  const isLibrary = elf?.shared === true && elf.dynamic;
  if (!isLibrary && (!facts.isFile() || readPart(path, readMachO) === undefined)) {
    throw new Problem(
      'LIBRARY-KIND',
      `${name}: is no shared library, or may not be read`,
      'name a .so or .dylib that holds the fix',
    );
  }
  refuseForeign(path, name);
  return { path: realpathSync(path), runtimes: [], defaults: {} };
}

/** A library in the format of another system: its loader would pass over it, or end the program. */
export function refuseForeign(path: string, shown: string, platform = process.platform): void {
  const isMachO = readPart(path, readMachO) !== undefined;
  if (isMachO === (platform === 'darwin')) return;
  throw new Problem(
    'LIBRARY-KIND',
    `${shown}: is a library for ${isMachO ? 'macOS' : 'Linux (ELF)'}, this is ${platform}`,
    'name one for this system, or let a preset for it build one',
  );
}

const PREFERRED: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux-gcc', darwin: 'macos' };

/**
 * Builds the project's library.
 * @param name of the library, without prefix and suffix: the name of its target, too
 * @param wanted a preset; the one for this system when left out
 */
export async function buildLibrary(
  root: string,
  native: string,
  name: string,
  wanted: string | undefined,
  logFolder: string,
): Promise<InjectedLibrary> {
  const preset = wanted ?? (await choosePreset(root, native));
  const build = await buildPreset(root, native, preset, { logFolder, targets: [name] });
  const { state, reason, log } = build.result;
  if (state === 'not run') {
    throw new Problem(
      'LIBRARY-NOT-BUILT',
      `${name} by preset ${preset}: ${reason}`,
      'install what is missing, use another preset, or name a library: --library PATH',
      EXIT.environment,
    );
  }
  if (state === 'failed') {
    throw new Problem(
      'LIBRARY-BUILD',
      `${name} by preset ${preset}: ${reason}`,
      `see ${join(logFolder, log)}`,
    );
  }
  const made = build.result.artefacts.find(({ path }) => isSharedLibrary(path, name));
  if (made !== undefined) {
    const path = join(build.folder, made.path);
    refuseForeign(path, `${made.path} of preset ${preset}`);
    return { path: realpathSync(path), ...(await findNeeds(build)) };
  }
  throw new Problem(
    'LIBRARY-BUILD',
    `preset ${preset} builds no shared library ${name}`,
    'correct native.libraries in workbench.json, or name a library: --library PATH',
  );
}

async function choosePreset(root: string, native: string): Promise<string> {
  const fitting = (await readPresets(root, native)).filter((preset) => preset.forThisSystem);
  const preferred = PREFERRED[process.platform];
  const chosen = fitting.find((preset) => preset.name === preferred) ?? fitting[0];
  if (chosen !== undefined) return chosen.name;
  throw new Problem(
    'LIBRARY-NOT-BUILT',
    `${native}/CMakePresets.json: no preset is for ${process.platform}`,
    'add one, or name a library: --library PATH',
    EXIT.environment,
  );
}

/** As for a smoke test: GCC's sanitizers are libraries, Clang's start a symbolizer that would inherit the preload. */
async function findNeeds(build: NativeBuild): Promise<Omit<InjectedLibrary, 'path'>> {
  const sanitizer = sanitizerOf(build.preset);
  if (sanitizer === undefined || build.compiler === undefined) return { runtimes: [], defaults: {} };
  if (!build.compiler.isGnu) return { runtimes: [], defaults: { ASAN_OPTIONS: 'symbolize=0' } };
  const runtime = await findSanitizerRuntime(build.compiler.path, sanitizer, toolEnvironment());
  return { runtimes: runtime === undefined ? [] : [runtime], defaults: {} };
}
