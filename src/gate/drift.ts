/** Code that changed under a claim while its spec did not, and the reverse. Pure. */
import type { Baseline, BaselineFunction } from '../domain/baseline.js';
import type { Found } from './change.js';
import { summary } from './compare-claims.js';
import { keyOf } from './places.js';

/** Functions by identity; of several with one name in one file all are taken together. */
function codes(functions: readonly BaselineFunction[]): Map<string, { all: string; one: BaselineFunction }> {
  const map = new Map<string, { all: string; one: BaselineFunction }>();
  for (const one of functions) {
    const key = `${one.path} ${one.name}`;
    map.set(key, { all: `${map.get(key)?.all ?? ''} ${one.code}`, one });
  }
  return map;
}

const moduleOf = (claim: string): string => claim.split('!')[0] ?? '';

export function findDrift(was: Baseline, is: Baseline): Found[] {
  const [before, after] = [codes(was.native?.functions ?? []), codes(is.native?.functions ?? [])];
  const edited = [...after.values()].filter(({ all, one }) => {
    const old = before.get(`${one.path} ${one.name}`);
    return old !== undefined && old.all !== all;
  });
  const texts = new Map(was.modules.map((m) => [m.name, m.text]));
  const changed = new Set(
    is.modules.filter((m) => texts.has(m.name) && texts.get(m.name) !== m.text).map((m) => m.name),
  );
  const found = edited.flatMap(({ one }): Found[] => {
    const still = one.claims.filter((claim) => texts.has(moduleOf(claim)) && !changed.has(moduleOf(claim)));
    if (still.length === 0) return [];
    const is = `its code changed, ${[...new Set(still.map(moduleOf))].join(', ')} did not`;
    const at = [keyOf.function(one.path, one.name)];
    return [
      {
        kind: 'code-without-spec',
        subject: `${one.path} ${one.name}`,
        was: `under ${summary(still)}`,
        is,
        at,
      },
    ];
  });
  for (const name of [...changed].sort()) {
    const functions = [...after.values()].filter(({ one }) => one.claims.some((c) => moduleOf(c) === name));
    if (functions.length === 0 || edited.some(({ one }) => one.claims.some((c) => moduleOf(c) === name)))
      continue;
    const is = `the spec changed, none of its ${functions.length} native functions did`;
    const at = [keyOf.module(name)];
    found.push({ kind: 'spec-without-code', subject: name, was: 'code and spec as accepted', is, at });
  }
  return found;
}
