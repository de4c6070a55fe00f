/** A copy of the smallest library for macOS, with the repository's own toolchain and sysroot, to build and to break. */
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LibraryExpectation } from '../../src/domain/project.js';
import { makeTempFolder, removeTempFolder } from '../../src/host/temp-folders.js';
import type { NativeBuild } from '../../src/native/build.js';
import { buildAndCheck } from '../../src/native/checked-build.js';
import { readLibraries } from '../../src/native/inspect/library-checks.js';

const repository = join(import.meta.dirname, '..', '..');

export const thing: LibraryExpectation = {
  name: 'thing',
  header: 'native/src/thing.h',
  marker: 'THING_API',
  interposers: [],
  macho: { minimumMacOS: '13.0', constructors: 1, interposes: ['getenv'] },
};

export interface DylibLab {
  root: string;
  /** Replaces a text that occurs in a file under native/. */
  edit: (file: string, old: string, text: string) => Promise<void>;
  build: (preset: string, options?: { fresh?: boolean; env?: NodeJS.ProcessEnv }) => Promise<NativeBuild>;
  remove: () => Promise<void>;
}

export async function makeDylibLab(): Promise<DylibLab> {
  const root = await makeTempFolder();
  await cp(join(import.meta.dirname, 'fixtures', 'dylib'), join(root, 'native'), { recursive: true });
  for (const part of ['toolchains', 'macho']) {
    await cp(join(repository, 'native', part), join(root, 'native', part), { recursive: true });
  }
  return {
    root,
    edit: async (file, old, text) => {
      const path = join(root, 'native', file);
      const before = await readFile(path, 'utf8');
      if (!before.includes(old)) throw new Error(`${file} does not contain ${old}`);
      await writeFile(path, before.replace(old, text));
    },
    build: async (preset, options = {}) =>
      buildAndCheck(root, 'native', preset, await readLibraries(root, [thing]), {
        logFolder: join(root, 'logs'),
        buildFolder: join(root, 'build', preset),
        jobs: 2,
        ...options,
      }),
    remove: () => removeTempFolder(root),
  };
}

/** `check: state: detail` of every check that does not hold. */
export function failures(build: NativeBuild): string[] {
  const all = build.result.checks ?? [];
  return all
    .filter((c) => c.state !== 'holds')
    .map(({ check, state, detail }) => `${check}: ${state}: ${detail}`);
}
