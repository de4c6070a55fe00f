/**
 * Reads the smoke tests: one file, or every .json file of a folder. A wrong key, a name used twice or an unknown claim is
 * a Problem that names the line.
 */
import { join } from 'node:path';
import { glob } from 'tinyglobby';
import { Problem } from '../domain/problem.js';
import { smokeFileSchema, type SmokeTest } from '../domain/smoke.js';
import { isFolder, readTextIfThere } from '../host/files.js';
import { readChecked } from '../project/schema-errors.js';
import { nearest } from '../source/spelling.js';

/**
 * @param place a file or a folder, relative to `root`
 * @param known every claim id that a module declares, every preset; undefined where they are not at hand
 */
export async function readSmokeTests(root: string, place: string, known: Known = {}): Promise<SmokeTest[]> {
  const files = await listFiles(root, place);
  const tests: SmokeTest[] = [];
  const places = new Map<string, string>();
  for (const file of files) {
    for (const { test, at } of await readFile(root, file, known)) {
      const first = places.get(test.name);
      if (first !== undefined) {
        throw new Problem(
          'SMOKE-TWICE',
          `${at}: two tests are named ${test.name}`,
          first === at
            ? 'give each a name of its own'
            : `give each a name of its own; the other is at ${first}`,
        );
      }
      places.set(test.name, at);
      tests.push(test);
    }
  }
  return tests;
}

/** What tests may name. */
export interface Known {
  claims?: ReadonlySet<string> | undefined;
  presets?: ReadonlySet<string> | undefined;
}

async function listFiles(root: string, place: string): Promise<string[]> {
  if (!(await isFolder(join(root, place)))) return [place];
  const found = await glob('**/*.json', { cwd: join(root, place), expandDirectories: false });
  if (found.length === 0) {
    throw new Problem(
      'SMOKE-MISSING',
      `${place}: no .json file in this folder`,
      'add one, or correct native.smoke',
    );
  }
  return found.sort().map((file) => `${place}/${file}`);
}

async function readFile(
  root: string,
  file: string,
  known: Known,
): Promise<{ test: SmokeTest; at: string }[]> {
  const text = await readTextIfThere(join(root, file));
  if (text === undefined) {
    throw new Problem('SMOKE-MISSING', `${file}: no such file`, 'add it, or correct native.smoke');
  }
  const parsed = readChecked(text, file, smokeFileSchema, 'SMOKE');
  const first = parsed.problems[0];
  if (first !== undefined) throw first;
  return (parsed.value?.tests ?? []).map((test) => {
    const at = `${file}:${lineOf(text, `"${test.name}"`)}`;
    checkTest(test, at, (needle) => `${file}:${lineOf(text, needle)}`, known);
    return { test, at };
  });
}

function checkTest(
  test: SmokeTest,
  at: string,
  find: (needle: string) => string,
  { claims, presets }: Known,
): void {
  for (const claim of test.claims) {
    if (claims === undefined || claims.has(claim)) continue;
    const close = nearest(claim, [...claims]);
    throw new Problem(
      'SMOKE-UNKNOWN-CLAIM',
      `${find(`"${claim}"`)}: ${test.name} names ${claim}, which no module declares`,
      `${close === undefined ? 'correct the name' : `did you mean ${close}`}, or declare it in a manifest`,
    );
  }
  for (const side of [test.without, test.with]) {
    if (presets?.has(side.preset) === false) {
      throw new Problem(
        'SMOKE-UNKNOWN-PRESET',
        `${at}: ${test.name} names the preset ${side.preset}, which CMakePresets.json does not have`,
        `use one of: ${[...presets].join(', ')}`,
      );
    }
    if (!('LD_PRELOAD' in side.env)) continue;
    throw new Problem(
      'SMOKE-PRELOAD',
      `${at}: ${test.name} sets LD_PRELOAD itself`,
      'name the libraries under "inject"; the workbench stages and preloads them',
    );
  }
}

/** Presets that the tests need, in the order of their first use. */
export function presetsOf(tests: readonly SmokeTest[]): string[] {
  return [...new Set(tests.flatMap((test) => [test.without.preset, test.with.preset]))];
}

function lineOf(text: string, needle: string): number {
  return text.slice(0, Math.max(0, text.indexOf(needle))).split('\n').length;
}
