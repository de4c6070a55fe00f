/** What became of the native side: anchors and smoke tests lost, functions newly without a claim. Pure. */
import type { Baseline, BaselineFunction } from '../domain/baseline.js';
import type { Found } from './change.js';
import { gone } from './compare-models.js';
import { isBelow } from './compare-project.js';
import { compareSmoke } from './compare-smoke.js';
import { keyOf } from './places.js';

type Native = NonNullable<Baseline['native']>;

const EMPTY: Native = { inputs: '', functions: [], smoke: [], builds: [], requires: [], allows: [] };

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
  return [
    ...compareFunctions(before, after),
    ...compareSmoke(before.smoke, after.smoke),
    ...compareRequired(before, after),
  ];
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
      placeOfLost(f.path, is),
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

/** A file that is no more, or that workbench.json covers no more. */
function placeOfLost(path: string, is: Native): string {
  const covered = is.requires.flatMap((line) => /^covered (.*)$/.exec(line)?.[1] ?? []);
  if (covered.some((folder) => isBelow(path, folder))) return keyOf.gone(path);
  return keyOf.requirement(covered.length === 0 ? 'native' : 'covered');
}

/** Presets, folders, handlers and libraries that nothing looks at any more, and what handlers may do that they might not. */
function compareRequired(was: Native, is: Native): Found[] {
  const lost = gone(was.requires, is.requires).map((line): Found => {
    const key = /^(covered|handlers|library)/.exec(line)?.[1] ?? 'native';
    const [subject = ''] = line.split(' ');
    const at = [keyOf.requirement(key), keyOf.requirement('native')];
    const now = is.requires.filter((other) => other.startsWith(`${subject} `));
    const text = now.map((other) => other.slice(subject.length + 1)).join(', ') || 'not asked for';
    return { kind: 'requirement-lower', subject, was: line.slice(subject.length + 1), is: text, at };
  });
  // A list where there was none comes with its first handlers.
  const isNew = !was.requires.some((line) => line.startsWith('handlers '));
  const allowed = (isNew ? [] : gone(is.allows, was.allows)).map((name): Found => {
    const at = [keyOf.allowed(name), keyOf.requirement('handlers')];
    return { kind: 'requirement-lower', subject: name, was: 'no handler may', is: 'handlers may', at };
  });
  const builds = gone(was.builds, is.builds).map((preset): Found => {
    const at = [keyOf.requirement('native')];
    return { kind: 'build-lost', subject: `build ${preset}`, was: 'built', is: 'not built', at };
  });
  return [...lost, ...allowed, ...builds];
}
