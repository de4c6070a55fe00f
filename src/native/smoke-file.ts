/** Reads native/smoke/tests.json. A wrong key, a name used twice or an unknown claim is a Problem that names the line. */
import { join } from 'node:path';
import { Problem } from '../domain/problem.js';
import { smokeFileSchema, type SmokeTest } from '../domain/smoke.js';
import { readTextIfThere } from '../host/files.js';
import { readChecked } from '../project/schema-errors.js';
import { nearest } from '../source/spelling.js';

/**
 * @param file relative to `root`
 * @param claims every claim id that a module declares; undefined where the specs are not at hand
 */
export async function readSmokeTests(
  root: string,
  file: string,
  claims?: ReadonlySet<string>,
): Promise<SmokeTest[]> {
  const text = await readTextIfThere(join(root, file));
  if (text === undefined) {
    throw new Problem('SMOKE-MISSING', `${file}: no such file`, 'add it, or correct native.smoke');
  }
  const parsed = readChecked(text, file, smokeFileSchema, 'SMOKE');
  const first = parsed.problems[0];
  if (first !== undefined) throw first;
  const tests = parsed.value?.tests ?? [];
  const seen = new Set<string>();
  for (const test of tests) {
    const line = lineOf(text, `"${test.name}"`);
    if (seen.has(test.name)) {
      throw new Problem(
        'SMOKE-TWICE',
        `${file}:${line}: two tests are named ${test.name}`,
        'give each a name of its own',
      );
    }
    seen.add(test.name);
    for (const claim of test.claims) {
      if (claims === undefined || claims.has(claim)) continue;
      const close = nearest(claim, [...claims]);
      throw new Problem(
        'SMOKE-UNKNOWN-CLAIM',
        `${file}:${lineOf(text, `"${claim}"`)}: ${test.name} names ${claim}, which no module declares`,
        `${close === undefined ? 'correct the name' : `did you mean ${close}`}, or declare it in a manifest`,
      );
    }
    for (const side of [test.without, test.with]) {
      if (!('LD_PRELOAD' in side.env)) continue;
      throw new Problem(
        'SMOKE-PRELOAD',
        `${file}:${line}: ${test.name} sets LD_PRELOAD itself`,
        'name the libraries under "inject"; the workbench stages and preloads them',
      );
    }
  }
  return tests;
}

/** Presets that the tests need, in the order of their first use. */
export function presetsOf(tests: readonly SmokeTest[]): string[] {
  return [...new Set(tests.flatMap((test) => [test.without.preset, test.with.preset]))];
}

function lineOf(text: string, needle: string): number {
  return text.slice(0, Math.max(0, text.indexOf(needle))).split('\n').length;
}
