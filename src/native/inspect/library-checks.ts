/**
 * Holds the artefacts of a build against what workbench.json says of its libraries. Contract: only what was read from the
 * bytes holds; a library of which nothing is declared is not looked at.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LibraryExpectation } from '../../domain/project.js';
import { Problem } from '../../domain/problem.js';
import type { BuildCheck } from '../../domain/run-record.js';
import { readTextIfThere } from '../../host/files.js';
import { isSharedLibrary } from '../artefact-names.js';
import { compareNames, REPEATABLE, toCheck } from './checks.js';
import { readHeaderFunctions } from './c-header.js';
import { looksLikeElf, readElfExports } from './elf.js';
import { checkMachO } from './macho-checks.js';
import { looksLikeMachO } from './macho.js';

/** A library of workbench.json, with the functions of its header. */
export interface KnownLibrary extends LibraryExpectation {
  functions: string[];
  /** Declarations that would not be exported. */
  unmarked: string[];
}

/** Reads the headers; one that is missing is the user's mistake. */
export async function readLibraries(
  root: string,
  libraries: readonly LibraryExpectation[],
): Promise<KnownLibrary[]> {
  return Promise.all(
    libraries.map(async (library) => {
      const text = await readTextIfThere(join(root, library.header));
      if (text === undefined) {
        throw new Problem(
          'NATIVE-NO-HEADER',
          `${library.header}: no such file, and workbench.json names it as the header of ${library.name}`,
          'correct native.libraries in workbench.json',
        );
      }
      const all = readHeaderFunctions(text, library.marker);
      const unmarked = all.filter((f) => !f.isMarked).map((f) => `${library.header}:${f.line}: ${f.name}`);
      return {
        ...library,
        functions: all
          .filter((f) => f.isMarked)
          .map((f) => f.name)
          .sort(),
        unmarked,
      };
    }),
  );
}

/** The declared library that an artefact is the shared form of. */
function libraryOf(artefact: string, libraries: readonly KnownLibrary[]): KnownLibrary | undefined {
  return libraries.find(({ name }) => isSharedLibrary(artefact, name));
}

/** Every assertion about one artefact. */
export async function checkArtefact(
  path: string,
  artefact: string,
  architectures: string[],
  libraries: readonly KnownLibrary[],
): Promise<BuildCheck[]> {
  const library = libraryOf(artefact, libraries);
  if (library === undefined) return [];
  const file = await readFile(path);
  const { functions } = library;
  const checks: BuildCheck[] = [toCheck('header', artefact, describeHeader(library))];
  if (artefact.endsWith('.dylib') || looksLikeMachO(file)) {
    if (library.macho === undefined) {
      const detail = 'workbench.json says nothing of its Mach-O form';
      return [...checks, { check: 'architectures', artefact, state: 'not run', detail }];
    }
    const installName = library.macho.installName ?? `@rpath/lib${library.name}.dylib`;
    return [
      ...checks,
      ...checkMachO(artefact, file, { architectures, functions, macho: { ...library.macho, installName } }),
    ];
  }
  return [...checks, checkElf(artefact, file, functions, library.interposers)];
}

function describeHeader({ functions, unmarked, header, marker }: KnownLibrary): {
  faults: string[];
  seen: string;
} {
  const faults = unmarked.map((place) => `${place} lacks ${marker}`);
  if (functions.length === 0) faults.push(`${header}: declares no function with ${marker}`);
  return { faults, seen: `${functions.length} functions, each with ${marker}` };
}

function checkElf(
  artefact: string,
  file: Buffer,
  functions: readonly string[],
  interposers: readonly string[],
): BuildCheck {
  const found = looksLikeElf(file)
    ? readElfExports(file)
    : { fault: 'it is neither a Mach-O nor an ELF file' };
  if ('fault' in found) return toCheck('exports', artefact, { faults: [found.fault], seen: '' });
  const faults = compareNames([...functions, ...interposers], found, 'export');
  const besides = interposers.length === 0 ? '' : `, and the declared interposers ${interposers.join(', ')}`;
  return toCheck('exports', artefact, {
    faults,
    seen: `${functions.length} functions of the header${besides}`,
  });
}

/** Whether two builds of the same sources came out alike, artefact by artefact. */
export function compareBuilds(
  first: readonly { path: string; sha256: string }[],
  second: readonly { path: string; sha256: string }[],
): BuildCheck[] {
  return first.map(({ path, sha256 }) => {
    const other = second.find((artefact) => artefact.path === path)?.sha256;
    const faults = other === sha256 ? [] : [`${sha256.slice(0, 12)} and ${other?.slice(0, 12) ?? 'nothing'}`];
    return toCheck(REPEATABLE, path, { faults, seen: sha256.slice(0, 12) });
  });
}
