/** Code that changed under a claim while its spec did not, and the reverse. Pure. */
import type { Baseline, BaselineFunction } from '../domain/baseline.js';
import type { Found } from './change.js';
import { summary } from './compare-claims.js';
import { keyOf as placeKey } from './places.js';

const keyOf = ({ path, name }: BaselineFunction): string => `${path} ${name}`;

/** Functions that say something else than they did; of several with one name in one file, a new one edits no other. */
function findEdited(was: readonly BaselineFunction[], is: readonly BaselineFunction[]): BaselineFunction[] {
  const codesOf = (functions: readonly BaselineFunction[], key: string): string[] =>
    functions.filter((f) => keyOf(f) === key).map((f) => f.code);
  return is.filter((f) => {
    const [before, after] = [codesOf(was, keyOf(f)), codesOf(is, keyOf(f))];
    return !before.includes(f.code) && before.some((code) => !after.includes(code));
  });
}

const moduleOf = (claim: string): string => claim.split('!')[0] ?? '';

export function findDrift(was: Baseline, is: Baseline): Found[] {
  const functions = is.native?.functions ?? [];
  const edited = findEdited(was.native?.functions ?? [], functions);
  const texts = new Map(was.modules.map((m) => [m.name, m.text]));
  const changed = new Set(
    is.modules.filter((m) => texts.has(m.name) && texts.get(m.name) !== m.text).map((m) => m.name),
  );
  const found = edited.flatMap((one): Found[] => {
    const still = one.claims.filter((claim) => texts.has(moduleOf(claim)) && !changed.has(moduleOf(claim)));
    if (still.length === 0) return [];
    const is = `its code changed, ${[...new Set(still.map(moduleOf))].join(', ')} did not`;
    const at = [placeKey.function(one.path, one.name)];
    return [
      {
        kind: 'code-without-spec',
        subject: keyOf(one),
        was: `under ${summary(still)}`,
        is,
        at,
      },
    ];
  });
  for (const name of [...changed].sort()) {
    const isOf = (f: BaselineFunction): boolean => f.claims.some((c) => moduleOf(c) === name);
    const own = functions.filter(isOf);
    if (own.length === 0 || edited.some(isOf)) continue;
    const is = `the spec changed, none of its ${own.length} native functions did`;
    const at = [placeKey.module(name)];
    found.push({ kind: 'spec-without-code', subject: name, was: 'code and spec as accepted', is, at });
  }
  return found;
}
