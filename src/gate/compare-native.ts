/** What became of the native side: anchors and smoke tests lost, functions newly without a claim. Pure. */
import type { Baseline, BaselineFunction } from '../domain/baseline.js';
import type { Found } from './change.js';
import { keyOf } from './places.js';

type Native = NonNullable<Baseline['native']>;

const EMPTY: Native = { inputs: '', functions: [], smoke: [], builds: [] };

/** Functions of one name in one file are told apart by their order. */
function withKeys(functions: readonly BaselineFunction[]): Map<string, BaselineFunction> {
  const keyed = new Map<string, BaselineFunction>();
  for (const f of functions) {
    let key = `${f.path} ${f.name}`;
    while (keyed.has(key)) key += '+';
    keyed.set(key, f);
  }
  return keyed;
}

export function compareNative(was: Baseline['native'], is: Baseline['native']): Found[] {
  const [before, after] = [was ?? EMPTY, is ?? EMPTY];
  return [...compareFunctions(before, after), ...compareSmoke(before, after)];
}

function compareFunctions(was: Native, is: Native): Found[] {
  const [before, after] = [withKeys(was.functions), withKeys(is.functions)];
  const fresh = [...after].filter(([key]) => !before.has(key)).map(([, f]) => f);
  const found: Found[] = [];
  for (const [key, f] of before) {
    const now = after.get(key);
    // The same code under another name or in another file was moved.
    const moved = now ?? fresh.find((other) => other.code === f.code && f.code !== '');
    const at = [
      keyOf.function(moved?.path ?? f.path, moved?.name ?? f.name),
      keyOf.file(f.path),
      'file workbench.json',
    ];
    const subject = `${f.path} ${f.name}`;
    if (now === undefined && moved !== undefined)
      found.push({ kind: 'function-moved', subject, was: subject, is: `${moved.path} ${moved.name}`, at });
    for (const claim of f.claims) {
      if (moved?.claims.includes(claim) === true) continue;
      const state = moved === undefined ? 'no such function' : describe(moved);
      found.push({ kind: 'anchor-lost', subject, was: `@claim ${claim}`, is: state, at });
    }
    if (moved?.unmodelled !== undefined && f.unmodelled === undefined)
      found.push({ kind: 'function-unmodelled', subject, was: describe(f), is: describe(moved), at });
    const added = (moved?.claims ?? []).filter((claim) => !f.claims.includes(claim));
    if (added.length > 0)
      found.push({ kind: 'anchor-added', subject, was: describe(f), is: `@claim ${added.join(' ')}`, at });
  }
  for (const f of fresh) {
    if ([...before.values()].some((old) => old.code === f.code && !after.has(`${old.path} ${old.name}`)))
      continue;
    const at = [keyOf.function(f.path, f.name), keyOf.file(f.path)];
    const kind = f.unmodelled === undefined ? 'anchor-added' : 'function-unmodelled';
    found.push({ kind, subject: `${f.path} ${f.name}`, was: 'no such function', is: describe(f), at });
  }
  return found;
}

const describe = (f: BaselineFunction): string => {
  if (f.unmodelled !== undefined) return `@unmodelled ${f.unmodelled}`;
  return f.claims.length === 0 ? 'no anchor' : `@claim ${f.claims.join(' ')}`;
};

function compareSmoke(was: Native, is: Native): Found[] {
  const found: Found[] = [];
  for (const test of was.smoke) {
    const now = is.smoke.find((t) => t.name === test.name);
    const at = [keyOf.smoke(test.name), 'file workbench.json'];
    const state = now === undefined ? 'no such test' : `for ${now.claims.join(', ') || 'no claim'}`;
    const lost = test.claims.filter((claim) => now?.claims.includes(claim) !== true);
    if (lost.length > 0)
      found.push({ kind: 'smoke-lost', subject: test.name, was: `for ${lost.join(', ')}`, is: state, at });
    if (now !== undefined && now.text !== test.text)
      found.push({
        kind: 'smoke-changed',
        subject: test.name,
        was: 'as accepted',
        is: 'starts or expects something else',
        at,
      });
  }
  for (const test of is.smoke) {
    if (was.smoke.some((t) => t.name === test.name)) continue;
    const at = [keyOf.smoke(test.name), 'file workbench.json'];
    found.push({ kind: 'smoke-added', subject: test.name, was: '', is: `for ${test.claims.join(', ')}`, at });
  }
  return found;
}
