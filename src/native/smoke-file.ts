/** Reads native/smoke/tests.json. A wrong key, a name used twice or an unknown claim is a Problem that names the line. */
import { join } from 'node:path';
import { Problem } from '../domain/problem.js';
import { smokeFileSchema, type SmokeTest } from '../domain/smoke.js';
import { parseJson, readTextIfThere } from '../host/files.js';

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
  const parsed = smokeFileSchema.safeParse(parseJson(text, file));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where = issue?.path.map(String) ?? [];
    throw new Problem(
      'SMOKE-SCHEMA',
      `${file}:${lineOfPath(text, where)}: ${where.join('.')}: ${issue?.message ?? 'not a smoke test file'}`,
      'see docs/manifest.md for the keys of a smoke test',
    );
  }
  const seen = new Set<string>();
  for (const test of parsed.data.tests) {
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
      throw new Problem(
        'SMOKE-UNKNOWN-CLAIM',
        `${file}:${lineOf(text, `"${claim}"`)}: ${test.name} names ${claim}, which no module declares`,
        'correct the name, or declare the claim in its manifest',
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
  return parsed.data.tests;
}

/** Presets that the tests need, in the order of their first use. */
export function presetsOf(tests: readonly SmokeTest[]): string[] {
  return [...new Set(tests.flatMap((test) => [test.without.preset, test.with.preset]))];
}

function lineOf(text: string, needle: string): number {
  return text.slice(0, Math.max(0, text.indexOf(needle))).split('\n').length;
}

/** Line of the test an error lies in; good enough to find it, without a position-keeping JSON parser. */
function lineOfPath(text: string, path: readonly string[]): number {
  let from = 0;
  if (path[0] === 'tests' && path[1] !== undefined) {
    const names = [...text.matchAll(/"name"\s*:/g)];
    from = names[Number(path[1])]?.index ?? 0;
  }
  const key = path.at(-1);
  const at = key === undefined ? -1 : text.indexOf(`"${key}"`, from);
  return text.slice(0, at < 0 ? from : at).split('\n').length;
}
