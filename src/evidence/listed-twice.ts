/**
 * Claims that say nothing which another claim of the same model does not say: the same text under two names, or a
 * conjunct of another claim. Pure. One name that stands twice in a configuration is wrong input (CFG-TWICE).
 */
import type { FormulaTree } from '../domain/baseline.js';
import type { Config } from '../domain/config.js';
import { oneLine } from '../source/formula.js';
import { findDefinition, type Outline } from '../source/outline.js';
import type { NormalDefinition } from '../source/tla-normal.js';

export interface Doubled {
  name: string;
  /** The claim that says it already. */
  by: string;
  /** Both say the same, or one is a part of the other. */
  whole: boolean;
  models: string[];
}

/** Text without layout and without parentheses around all of it. */
function normalise(text: string): string {
  const tight = oneLine(text).replace(/ ?([^\w"]) ?/g, '$1');
  return isEnclosed(tight) ? normalise(tight.slice(1, -1)) : tight;
}

function isEnclosed(text: string): boolean {
  if (!text.startsWith('(') || !text.endsWith(')')) return false;
  let depth = 0;
  for (let i = 0; i < text.length; i += 1) {
    if (text[i] === '(') depth += 1;
    if (text[i] === ')') depth -= 1;
    if (depth === 0 && i < text.length - 1) return false;
  }
  return true;
}

/** What a claim says: its conjuncts, with operators that are conjunctions themselves opened. */
function partsOf(text: string, outlines: readonly Outline[], inside: readonly string[]): string[] {
  const plain = normalise(text.replace(/^\s*\[\](?!\[)/, ''));
  const definition = /^\w+$/.test(plain) ? findDefinition(outlines, plain) : undefined;
  if (!definition || definition.params.length > 0 || inside.includes(plain)) return [plain];
  return definition.conjuncts.flatMap((c) => partsOf(c.text, outlines, [...inside, plain]));
}

/** The conjuncts of a claim by structure, with operators that are conjunctions themselves opened. */
function treesOf(tree: FormulaTree, forms: readonly NormalDefinition[], inside: readonly string[]): string[] {
  if (typeof tree !== 'string') {
    const [op, ...parts] = tree;
    return op === 'and' ? parts.flatMap((part) => treesOf(part, forms, inside)) : [JSON.stringify(tree)];
  }
  const found = inside.includes(tree) ? undefined : forms.find((f) => f.head === tree);
  return found ? treesOf(found.tree, forms, [...inside, tree]) : [JSON.stringify(tree)];
}

/**
 * Which of those that look alike are alike. Text in one line has lost the columns of its lists and the blanks of its
 * strings, so that this is asked of the formulas' structure.
 */
export function confirmDoubled(
  looksAlike: readonly Doubled[],
  forms: readonly NormalDefinition[],
): Doubled[] {
  const partsOfClaim = (name: string): ReadonlySet<string> => {
    const tree = forms.find((f) => f.head === name)?.tree ?? name;
    const stated = typeof tree !== 'string' && tree[0] === 'always' ? (tree[1] ?? tree) : tree;
    return new Set(treesOf(stated, forms, [name]));
  };
  return looksAlike.filter(({ name, by }) => {
    const all = partsOfClaim(by);
    return [...partsOfClaim(name)].every((part) => all.has(part));
  });
}

/** Each claim that looks as if it said nothing new in a model, with the first one that says it: cheap, by text. */
export function findAlike(models: { id: string; config: Config }[], outlines: readonly Outline[]): Doubled[] {
  const doubled = new Map<string, Doubled>();
  const said = new Map<string, ReadonlySet<string>>();
  const partsOfClaim = (name: string): ReadonlySet<string> => {
    const parts = said.get(name) ?? new Set(partsOf(name, outlines, []));
    said.set(name, parts);
    return parts;
  };
  for (const { id, config } of models) {
    const names = [...config.invariants, ...config.properties].map((p) => p.name);
    for (const [i, name] of names.entries()) {
      const own = partsOfClaim(name);
      const by = names.find((other, k) => {
        if (other === name) return false;
        const all = partsOfClaim(other);
        // Of two that say the same the later one is too many.
        return [...own].every((p) => all.has(p)) && (all.size > own.size || k < i);
      });
      if (by === undefined) continue;
      const found = doubled.get(`${name} ${by}`);
      const whole = partsOfClaim(by).size === own.size;
      doubled.set(`${name} ${by}`, { name, by, whole, models: [...(found?.models ?? []), id] });
    }
  }
  return [...doubled.values()];
}
