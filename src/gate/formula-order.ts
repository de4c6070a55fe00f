/**
 * Whether one formula says less than another, as far as their structure tells. Contract: `weaker` and `stronger` are only
 * said where the structure implies it; everything else is `unclear`, which is no pass. Pure.
 */
import type { FormulaTree } from '../domain/baseline.js';

export type Order = 'same' | 'stronger' | 'weaker' | 'unclear';

export interface Compared {
  /** How the second formula stands to the first. */
  order: Order;
  /** One phrase: what is gone or new; empty for `same`. */
  because: string;
}

const same: Compared = { order: 'same', because: '' };

/** A tree as one line of TLA+. */
export function showFormula(tree: FormulaTree): string {
  if (typeof tree === 'string') return tree;
  const [op, ...parts] = tree;
  const shown = parts.map((part) => (typeof part === 'string' ? part : `(${showFormula(part)})`));
  switch (op) {
    case 'and':
      return shown.join(' /\\ ');
    case 'or':
      return shown.join(' \\/ ');
    case 'implies':
      return shown.join(' => ');
    case 'always':
      return `[]${shown.join('')}`;
    case 'forall':
      return `\\A ${shown[0] ?? ''} : ${shown.slice(1).join('')}`;
    case 'with parameters':
      return `${shown[0] ?? ''} == ${shown.slice(1).join('')}`;
  }
}

/** The same formula with its conjuncts and disjuncts in one order, whatever order they are written in. */
export function sortFormula(tree: FormulaTree): FormulaTree {
  if (typeof tree === 'string') return tree;
  const [op, ...parts] = tree;
  const sorted = parts.map(sortFormula);
  const key = (part: FormulaTree): string => JSON.stringify(part);
  if (op === 'and' || op === 'or') sorted.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  return [op, ...sorted];
}

const isEqual = (a: FormulaTree, b: FormulaTree): boolean => JSON.stringify(a) === JSON.stringify(b);
const partsOf = (tree: FormulaTree, op: 'and' | 'or'): FormulaTree[] =>
  Array.isArray(tree) && tree[0] === op ? tree.slice(1) : [tree];
const without = (list: FormulaTree[], others: FormulaTree[]): FormulaTree[] =>
  list.filter((item) => !others.some((other) => isEqual(item, other)));

const opposite = ({ order, because }: Compared): Compared => {
  if (order === 'stronger') return { order: 'weaker', because };
  return order === 'weaker' ? { order: 'stronger', because } : { order, because };
};

/** How `is` stands to `was`. */
export function compareFormulas(was: FormulaTree, is: FormulaTree): Compared {
  if (isEqual(was, is)) return same;
  return compareImplications(was, is) ?? compareLists(was, is) ?? compareBodies(was, is) ?? unclear(was, is);
}

const unclear = (was: FormulaTree, is: FormulaTree): Compared => ({
  order: 'unclear',
  because: `"${showFormula(was)}" is now "${showFormula(is)}"`,
});

function compareImplications(was: FormulaTree, is: FormulaTree): Compared | undefined {
  const [a, b] = [implicationOf(was), implicationOf(is)];
  if (a && b) {
    if (isEqual(a.left, b.left)) return compareFormulas(a.right, b.right);
    if (isEqual(a.right, b.right)) return opposite(compareFormulas(a.left, b.left));
    return undefined;
  }
  if (b && isEqual(was, b.right))
    return { order: 'weaker', because: `new antecedent "${showFormula(b.left)}"` };
  if (a && isEqual(a.right, is))
    return { order: 'stronger', because: `antecedent "${showFormula(a.left)}" is gone` };
  return undefined;
}

function implicationOf(tree: FormulaTree): { left: FormulaTree; right: FormulaTree } | undefined {
  if (typeof tree === 'string' || tree[0] !== 'implies') return undefined;
  const [, left, right] = tree;
  if (left === undefined || right === undefined) return undefined;
  return { left, right };
}

function compareLists(was: FormulaTree, is: FormulaTree): Compared | undefined {
  for (const op of ['and', 'or'] as const) {
    const [before, after] = [partsOf(was, op), partsOf(is, op)];
    if (before.length === 1 && after.length === 1) continue;
    const [gone, fresh] = [without(before, after), without(after, before)];
    const noun = op === 'and' ? 'conjunct' : 'disjunct';
    const fewer: Compared = { order: 'weaker', because: `${noun} "${list(gone)}" is gone` };
    const more: Compared = { order: 'stronger', because: `new ${noun} "${list(fresh)}"` };
    const flip = op === 'or' ? opposite : (c: Compared): Compared => c;
    if (fresh.length === 0 && gone.length === 0) return same;
    if (fresh.length === 0) return flip(fewer);
    if (gone.length === 0) return flip(more);
    // The rest pairs up only where exactly one part became another.
    const [one, other] = [gone[0], fresh[0]];
    if (gone.length === 1 && fresh.length === 1 && one !== undefined && other !== undefined) {
      if (before.length === after.length) return compareFormulas(one, other);
    }
    return undefined;
  }
  return undefined;
}

const list = (trees: FormulaTree[]): string => trees.map(showFormula).join('", "');

/** `\A x \in S : P` and `[]P`: as P, where what stands before it is the same. */
function compareBodies(was: FormulaTree, is: FormulaTree): Compared | undefined {
  if (typeof was === 'string' || typeof is === 'string' || was[0] !== is[0]) return undefined;
  if (was[0] === 'always') return compareFormulas(was[1] ?? '', is[1] ?? '');
  if (was[0] !== 'forall' || !isEqual(was[1] ?? '', is[1] ?? '')) return undefined;
  return compareFormulas(was[2] ?? '', is[2] ?? '');
}
