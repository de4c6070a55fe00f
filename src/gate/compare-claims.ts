/** What became of the claims of one module: lost, weaker by their text, on a lower rung. Pure. */
import type { BaselineClaim, BaselineModule, FormulaTree, RungStateName } from '../domain/baseline.js';
import { RUNGS } from '../domain/claim.js';
import type { Found } from './change.js';
import { compareFormulas, showFormula } from './formula-order.js';
import { keyOf } from './places.js';

export function compareClaims(was: BaselineModule, is: BaselineModule): Found[] {
  const names = [...new Set([...was.claims, ...is.claims].map((c) => c.name))].sort();
  return names.flatMap((name) => {
    const before = was.claims.find((c) => c.name === name);
    const after = is.claims.find((c) => c.name === name);
    const subject = `${is.name}!${name}`;
    const at = [keyOf.claim(subject), keyOf.module(is.name)];
    if (before === undefined)
      return [{ kind: 'claim-added', subject, was: '', is: after?.statement ?? '', at }];
    if (after === undefined)
      return [{ kind: 'claim-lost', subject, was: before.statement, is: 'no claim', at }];
    return [
      ...compareText(was, is, name),
      ...compareEntry(before, after, subject, at),
      ...compareRungs(before, after, subject, at),
    ];
  });
}

function compareText(was: BaselineModule, is: BaselineModule, name: string): Found[] {
  const subject = `${is.name}!${name}`;
  const at = [keyOf.definition(is.name, name), keyOf.claim(subject), keyOf.module(is.name)];
  const [before, after] = [was.definitions[name], is.definitions[name]];
  if (before === undefined || after === undefined) {
    // Where the grammar fails on a module, its definitions need not all be found: what cannot be read may say anything.
    if (before === after && was.text === is.text) return [];
    const text = (tree: FormulaTree | undefined): string =>
      tree === undefined ? 'a formula that cannot be read' : showFormula(tree);
    return [{ kind: 'claim-changed', subject, was: text(before), is: text(after), at }];
  }
  const { order, because } = compareFormulas(before, after);
  const texts = { was: showFormula(before), is: `${showFormula(after)} (${because})` };
  switch (order) {
    case 'same':
      return [];
    case 'stronger':
      return [{ kind: 'claim-stronger', subject, ...texts, at }];
    case 'weaker':
      return [{ kind: 'claim-weaker', subject, ...texts, at }];
    case 'unclear':
      return [{ kind: 'claim-changed', subject, ...texts, is: showFormula(after), at }];
  }
}

function compareEntry(was: BaselineClaim, is: BaselineClaim, subject: string, at: string[]): Found[] {
  const found: Found[] = [];
  if (was.kind !== is.kind) found.push({ kind: 'claim-kind', subject, was: was.kind, is: is.kind, at });
  if (!was.auxiliary && is.auxiliary)
    found.push({ kind: 'claim-auxiliary', subject, was: 'speaks of the code', is: 'auxiliary', at });
  if (was.statement !== is.statement)
    found.push({ kind: 'claim-statement', subject, was: was.statement, is: is.statement, at });
  if (!was.redundant && is.redundant)
    found.push({ kind: 'claim-statement', subject, was: 'needed', is: 'declared redundant', at });
  return found;
}

const RANK: Record<RungStateName, number> = {
  failed: 0,
  'not measured': 1,
  'partly measured': 2,
  passed: 3,
};

/** A single rung that fell counts also where the claim stands no lower: it stood on a lower one already. */
function compareRungs(was: BaselineClaim, is: BaselineClaim, subject: string, at: string[]): Found[] {
  const moved = RUNGS.filter((name) => was.rungs[name] !== is.rungs[name]);
  const fell = moved.filter((name) => RANK[is.rungs[name]] < RANK[was.rungs[name]]);
  const say = (claim: BaselineClaim, rungs: readonly (typeof RUNGS)[number][]): string =>
    [`rung ${claim.rung}`, ...rungs.map((name) => `${name} ${claim.rungs[name]}`)].join(', ');
  if (fell.length > 0 || is.rung < was.rung)
    return [{ kind: 'rung-lower', subject, was: say(was, fell), is: say(is, fell), at }];
  if (moved.length > 0)
    return [{ kind: 'rung-higher', subject, was: say(was, moved), is: say(is, moved), at }];
  return [];
}

/** The first few names, and how many more there are. */
export function summary(names: readonly string[], most = 3): string {
  const rest = names.length - most;
  return rest <= 0 ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${rest} more`;
}
