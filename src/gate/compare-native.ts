/** What became of the native side: anchors and smoke tests lost, functions newly without a claim. Pure. */
import type { Baseline, BaselineFunction } from '../domain/baseline.js';
import type { Found } from './change.js';
import { isBelow } from './compare-project.js';
import { compareSmoke } from './compare-smoke.js';
import { keyOf } from './places.js';
import { gone } from './sets.js';

type Native = NonNullable<Baseline['native']>;

const EMPTY: Native = {
  inputs: '',
  text: '',
  functions: [],
  smoke: [],
  builds: [],
  requires: [],
  allows: [],
};

/**
 * Functions of the base with what became of them, each with one. Of several with one name in one file, those with the
 * same code are the same one; the rest are taken in their order. The same code under another name or in another file was
 * moved, first to where it carries the same claims.
 */
function pairFunctions(was: Native, is: Native): Map<BaselineFunction, BaselineFunction> {
  const pairs = new Map<BaselineFunction, BaselineFunction>();
  const left = new Set(is.functions);
  const pair = (isSame: (f: BaselineFunction, other: BaselineFunction) => boolean): void => {
    for (const f of was.functions.filter((one) => !pairs.has(one))) {
      const now = [...left].find((other) => isSame(f, other));
      if (now === undefined) continue;
      pairs.set(f, now);
      left.delete(now);
    }
  };
  const isNamesake = (f: BaselineFunction, other: BaselineFunction): boolean =>
    other.path === f.path && other.name === f.name;
  const isCode = (f: BaselineFunction, other: BaselineFunction): boolean =>
    other.code === f.code && f.code !== '';
  pair((f, other) => isNamesake(f, other) && isCode(f, other));
  pair(isNamesake);
  pair((f, other) => isCode(f, other) && f.claims.join() === other.claims.join());
  pair(isCode);
  return pairs;
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
  const pairs = pairFunctions(was, is);
  const met = new Set(pairs.values());
  const found: Found[] = [];
  for (const f of was.functions) {
    const moved = pairs.get(f);
    const at = [
      keyOf.function(moved?.path ?? f.path, moved?.name ?? f.name),
      keyOf.file(f.path),
      placeOfLost(f.path, is),
    ];
    const subject = `${f.path} ${f.name}`;
    if (moved !== undefined && (moved.path !== f.path || moved.name !== f.name))
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
  for (const f of is.functions.filter((one) => !met.has(one))) {
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
