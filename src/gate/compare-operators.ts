/** What became of the operators that claims, reductions and ASSUMEs are made of, and of the ASSUMEs. Pure. */
import type { BaselineModule, FormulaTree } from '../domain/baseline.js';
import type { Found } from './change.js';
import { summary } from './compare-claims.js';
import { compareFormulas, showFormula } from './formula-order.js';
import { keyOf } from './places.js';

const isSame = (a: FormulaTree, b: FormulaTree): boolean => compareFormulas(a, b).order === 'same';

/** One change for each operator, whoever uses it; claims are compared by themselves. */
export function compareOperators(was: BaselineModule, is: BaselineModule): Found[] {
  const claims = new Set(was.claims.map((c) => c.name));
  const users = usersOf(was, is);
  const names = [...new Set(users.flatMap((u) => [...u.before, ...u.after]))].sort();
  return names.flatMap((name): Found[] => {
    if (claims.has(name)) return [];
    const [before, after] = [was.definitions[name], is.definitions[name]];
    const by = users.filter((u) => u.before.includes(name) || u.after.includes(name));
    const found = {
      kind: 'operator-changed' as const,
      subject: `${is.name}!${name}`,
      at: [keyOf.definition(is.name, name), keyOf.file(is.path), keyOf.module(is.name)],
    };
    const used = `(used by ${summary(by.map((u) => u.name))})`;
    if (before !== undefined && after !== undefined) {
      if (isSame(before, after)) return [];
      return [{ ...found, was: showFormula(before), is: `${showFormula(after)} ${used}` }];
    }
    // Where whatever uses it was rewritten, that says so; else the same words have another meaning now.
    if (!by.some((u) => isUnwritten(u, name, was, is))) return [];
    const nothing = 'no definition of the project';
    const text = (tree: FormulaTree | undefined): string =>
      tree === undefined ? nothing : showFormula(tree);
    return [{ ...found, was: text(before), is: `${text(after)} ${used}` }];
  });
}

interface User {
  name: string;
  /** Operators it was and is made of. */
  before: string[];
  after: string[];
}

/** Claims and models that both baselines have. */
function usersOf(was: BaselineModule, is: BaselineModule): User[] {
  const claims = was.claims.flatMap(({ name, operators }): User[] => {
    const after = is.claims.find((c) => c.name === name);
    return after === undefined ? [] : [{ name, before: operators, after: after.operators }];
  });
  const models = was.models.flatMap(({ path, operators }): User[] => {
    const after = is.models.find((m) => m.path === path);
    return after === undefined ? [] : [{ name: path, before: operators, after: after.operators }];
  });
  const assumes = was.assumes.flatMap(({ formula, operators }): User[] => {
    const after = is.assumes.find((a) => isSame(a.formula, formula));
    const name = `ASSUME ${showFormula(formula)}`;
    return after === undefined ? [] : [{ name, before: operators, after: after.operators }];
  });
  return [...claims, ...models, ...assumes];
}

/** Whether a user lost or got an operator though none of its other definitions changed. */
function isUnwritten(user: User, name: string, was: BaselineModule, is: BaselineModule): boolean {
  if (user.before.includes(name) === user.after.includes(name)) return false;
  const kept = user.before.filter((n) => n !== name && user.after.includes(n));
  return kept.length > 0 && kept.every((n) => isSame(was.definitions[n] ?? '', is.definitions[n] ?? ''));
}

/** An ASSUME is checked in each model: one less is a check less. */
export function compareAssumes(was: BaselineModule, is: BaselineModule): Found[] {
  const without = (list: BaselineModule['assumes'], others: BaselineModule['assumes']): string[] =>
    list
      .filter(({ formula }) => !others.some((o) => isSame(o.formula, formula)))
      .map(({ formula }) => `ASSUME ${showFormula(formula)}`);
  const at = [keyOf.file(is.path), keyOf.module(is.name)];
  const fresh = without(is.assumes, was.assumes);
  return [
    ...without(was.assumes, is.assumes).map((text): Found => {
      const now = fresh.length === 0 ? 'no such ASSUME' : summary(fresh);
      return { kind: 'assume-lost', subject: is.name, was: text, is: now, at };
    }),
    ...fresh.map((text): Found => ({ kind: 'assume-added', subject: is.name, was: '', is: text, at })),
  ];
}

/** Init, Next and what they are made of: no loss by itself, yet what every verdict is about. */
export function compareExplored(was: BaselineModule, is: BaselineModule): Found[] {
  // A module that is new or gone is no edit.
  if (was.models.length === 0 || is.models.length === 0) return [];
  const names = [...new Set([...Object.keys(was.explored), ...Object.keys(is.explored)])].sort();
  const edited = names.filter((name) => {
    const [before, after] = [was.explored[name], is.explored[name]];
    return before !== undefined && after !== undefined && before !== after;
  });
  // What a claim began or ceased to use stands among the other definitions.
  const fresh = names.filter((n) => was.explored[n] === undefined && was.definitions[n] === undefined);
  const lost = names.filter((n) => is.explored[n] === undefined && is.definitions[n] === undefined);
  if (edited.length + fresh.length + lost.length === 0) return [];
  const parts = [
    ...(edited.length === 0 ? [] : [`changed: ${summary(edited, 6)}`]),
    ...(fresh.length === 0 ? [] : [`new: ${summary(fresh, 6)}`]),
    ...(lost.length === 0 ? [] : [`gone: ${summary(lost, 6)}`]),
  ];
  const at = [...edited, ...fresh].map((name) => keyOf.definition(is.name, name));
  const subject = `${is.name} as explored`;
  return [
    {
      kind: 'behaviour-edited',
      subject,
      was: 'as accepted',
      is: parts.join('; '),
      at: [...at, keyOf.module(is.name)],
    },
  ];
}
