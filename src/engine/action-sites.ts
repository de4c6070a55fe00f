/**
 * Finds the named actions that a next-state relation or a fairness condition is made of, each with what stands around
 * its uses, as predicates of steps: TLC counts an action that it cannot part from others only together with them.
 * Pure; action-probes.ts makes questions of what is found.
 */
import { namesIn, type Call, type Formula, type Level, type Slice } from '../source/formula.js';
import { expandInside } from './antecedent-calls.js';
import { earlier, levelAround, sitesAround, unless, when } from './antecedent-sites.js';
import type { Found, Position, Walk } from './antecedent-walk.js';
import { expressionOf, type Frame } from './probe-text.js';
import { findOperator } from './spec-formulas.js';

/** One use of an action; `outer` names the uses of the actions around it. */
export interface FoundAction extends Found {
  /** The module that defines it, and its name there. */
  action: { module: string; name: string };
  /** Nothing chooses between it and others in the action around it: it is a part of that one, and no action of its own. */
  isPart: boolean;
}

export const isAction = (found: Found): found is FoundAction => 'action' in found;

/** Every use of an action in a next-state relation or a specification. */
export function findActions(formula: Formula, frames: Frame[], at: Position, walk: Walk): Found[] {
  const go = (inner: Formula, more: Frame[], position: Position): Found[] =>
    findActions(inner, [...frames, ...more], position, walk);
  const chosen = { ...at, certain: false };
  switch (formula.kind) {
    case 'and':
      return formula.parts.flatMap((p, i) =>
        go(
          p.formula,
          formula.parts.slice(0, i).map(({ slice }) => when(slice)),
          at,
        ),
      );
    case 'or':
      return formula.parts.flatMap((p) => go(p.formula, [], chosen));
    case 'exists':
      return go(formula.body, [{ kind: 'some', bounds: formula.bounds }], chosen);
    case 'let': {
      const { slices: definitions, definitions: operators } = formula;
      return go(formula.body, [{ kind: 'let', operators, definitions, extra: [] }], at);
    }
    case 'if':
      return [
        ...go(formula.then, [when(formula.condition)], at),
        ...go(formula.otherwise, [unless(formula.condition)], at),
      ];
    case 'case': {
      const others = formula.arms.map((arm) => unless(arm.guard));
      return [
        ...formula.arms.flatMap((arm) => go(arm.body, [when(arm.guard)], at)),
        ...(formula.other ? go(formula.other, others, at) : []),
      ];
    }
    case 'always':
      // `[][Next]_v` of a specification: what stands beside it, as Init, is of other states.
      if (formula.body.kind !== 'step') return [];
      return findActions(formula.body.body, earlier(frames), { ...at, later: true }, walk);
    case 'call':
      return walk.expand(formula, frames, at, walk);
    case 'not':
    case 'implies':
    case 'leads to':
    case 'forall':
    case 'eventually':
    case 'step':
    case 'fairness':
    case 'opaque':
      return [];
  }
}

/** What is a choice of actions is no action itself. */
function isChoice(formula: Formula): boolean {
  if (formula.kind === 'exists' || formula.kind === 'let') return isChoice(formula.body);
  return ['or', 'if', 'case', 'call'].includes(formula.kind);
}

/** One use of an action, as the slice has it. */
function useOf(own: Own, slice: Slice, frames: Frame[], at: Position, walk: Walk): FoundAction {
  const { definition, file } = own;
  const home = walk.spec.modules.find((m) => m.definitions.includes(definition))?.module ?? at.module;
  const used = [slice, ...frames.flatMap((f) => ('condition' in f ? [f.condition] : []))];
  const local = used.flatMap((s) => namesIn(s.text)).find((n) => walk.hidden.has(n.replace(/!.*/, '')));
  return {
    action: { module: home, name: definition.name },
    isPart: at.certain,
    number: walk.fresh(),
    outer: sitesAround(frames),
    kind: 'action',
    frames,
    core: expressionOf(slice),
    text: definition.name,
    place: { path: file, line: definition.line },
    level: levelAround(frames, [], 'step', walk),
    first: false,
    later: at.later,
    needs: [],
    ...(local === undefined ? {} : { reason: `${local} is LOCAL to its module` }),
  };
}

type Own = NonNullable<ReturnType<typeof findOperator>>;

const levelOfName = (name: string, call: Call, walk: Walk): Level =>
  walk.levelOf({ text: name, indent: '', line: call.slice.line, level: 'state' });

/** Actions that an operator is given: TLC can be asked for one as it stands there, but not for one that is to be applied. */
function givenActions(call: Call, frames: Frame[], at: Position, walk: Walk): Found[] {
  return call.args.flatMap((arg) => {
    const [, name = '', bracket] = /^(\w+)\s*(\(|$)/.exec(arg.text.trim()) ?? [];
    const own = findOperator(walk.spec, at.module, name);
    if (!own || walk.levelOf(own.definition.bodySlice) !== 'step') return [];
    const use = useOf(own, arg, frames, at, walk);
    const isWhole = own.definition.params.length === 0 || bracket === '(';
    return [isWhole ? use : { ...use, reason: `it is an argument of ${call.name}` }];
  });
}

/** The action that is called, and those in it. */
export function expandAction(call: Call, frames: Frame[], at: Position, walk: Walk): Found[] {
  if (call.isFunction) return [];
  const isOfLet = (name: string): boolean =>
    frames.some((f) => f.kind === 'let' && f.operators.some((d) => d.name === name));
  const inside = (position: Position): Found[] => [
    ...givenActions(call, frames, position, walk),
    ...expandInside(call, frames, position, walk),
  ];
  const isOwn = call.through.length === 0 && !isOfLet(call.name);
  const own = isOwn ? findOperator(walk.spec, at.module, call.name) : undefined;
  const level = own ? walk.levelOf(own.definition.bodySlice) : levelOfName(call.name, call, walk);
  if (level === 'state' && isOwn) return givenActions(call, frames, at, walk);
  if (!own || level !== 'step' || isChoice(own.definition.body)) return inside(at);
  const site = useOf(own, call.slice, frames, at, walk);
  return [
    site,
    ...inside({ ...at, certain: true }).map((found) => ({ ...found, outer: [...found.outer, site.number] })),
  ];
}
