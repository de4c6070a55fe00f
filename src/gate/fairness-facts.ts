/** What a specification takes for granted of time: its fairness, and the operators that only this speaks of. Pure. */
import type { FormulaTree } from '../domain/baseline.js';
import type { DefinitionScope } from './definition-scope.js';
import { showFormula } from './formula-order.js';

const TEMPORAL = /(?<!\w)[WS]F_|(?<!<)<>(?!>)|~>/;
/** The same sign stands between the arms of a CASE. */
const isAlways = (text: string): boolean => /\[\](?!\[)/.test(text) && !/(?<!\w)CASE(?!\w)/.test(text);
/** `[][Next]_vars` says which steps there are; every other temporal part says which behaviours are left out. */
const STEPS = /^\[.*\]_/s;

/** Whether a formula leaves out behaviours: weak and strong fairness, and temporal formulas of any other kind. */
function isFair(tree: FormulaTree, names: ReadonlySet<string>): boolean {
  if (typeof tree === 'string')
    return (
      TEMPORAL.test(tree) || isAlways(tree) || (tree.match(/\w+/g) ?? []).some((word) => names.has(word))
    );
  const [op, ...parts] = tree;
  if (op === 'always' && typeof parts[0] === 'string' && STEPS.test(parts[0])) return false;
  return op === 'always' || parts.some((part) => isFair(part, names));
}

export interface Fairness {
  /** The conjuncts of a specification that are about fairness, those of the operators it is made of included. */
  conjuncts: string[];
  /** Definitions that these speak of and that no step is made of: what they say decides how much is taken for granted. */
  operators: string[];
}

export function findFairness(specification: string, scope: DefinitionScope): Fairness {
  const reached = scope.reach([specification]).flatMap((key) => {
    const found = scope.find(key);
    return found === undefined ? [] : [{ key, ...found }];
  });
  const fair = new Set<string>();
  // An operator is about fairness when it uses one that is, however many steps away.
  for (let before = -1; before !== fair.size;) {
    before = fair.size;
    for (const { form } of reached) if (isFair(form.tree, fair)) fair.add(form.name);
  }
  const holders = reached.filter(({ key, form }) => fair.has(form.name) || key === specification);
  const parts = holders.flatMap(({ module, form }) => {
    const { tree } = form;
    const conjuncts = Array.isArray(tree) && tree[0] === 'and' ? tree.slice(1) : [tree];
    return conjuncts.map((part) => ({ module, text: showFormula(part), isFair: isFair(part, fair) }));
  });
  const own = new Set(holders.map(({ key }) => key));
  const reach = (those: boolean): string[] =>
    parts
      .filter((part) => part.isFair === those)
      .flatMap(({ module, text }) => scope.reach(namesIn(text), module))
      .filter((key) => !own.has(key));
  const steps = new Set(reach(false));
  return {
    conjuncts: [...new Set(parts.filter((part) => part.isFair).map(({ text }) => text))].sort(),
    operators: [...new Set(reach(true))].filter((key) => !steps.has(key)).sort(),
  };
}

/** Names in a formula's text; the subscript of `[A]_v` and `WF_v` is one as well. */
const namesIn = (text: string): string[] =>
  text.replace(/(?<!\w)[WS]F_|(?<=\]|>>)_/g, ' ').match(/[A-Za-z_]\w*(?:!\w+)*/g) ?? [];
