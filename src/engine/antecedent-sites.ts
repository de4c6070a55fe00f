/**
 * Finds in a claim what can make it true for no reason: antecedents of implications and sets of universal quantifiers,
 * under conjunctions, quantifiers, LET, IF, CASE, temporal signs, and in the operators it uses, of other modules too.
 * Pure; antecedents.ts sets what is found into its claim.
 */
import { namesIn, oneLine, type Formula, type Level, type Slice } from '../source/formula.js';
import type { Found, Position, Site, Walk } from './antecedent-walk.js';
import { higher } from './formula-levels.js';
import { expressionOf, type Frame } from './probe-text.js';

export const when = (condition: Slice): Frame & { kind: 'when' } => ({
  kind: 'when',
  condition,
  holds: true,
});
export const unless = (condition: Slice): Frame => ({ kind: 'when', condition, holds: false });
/** Behind a temporal sign. */
const everywhere = (at: Position): Position => ({ ...at, everywhere: true, later: true });
const uncertain = (at: Position): Position => ({ ...at, certain: false });

/** Frames as they are behind a temporal sign: what was a condition there need not be one any more. */
export const earlier = (frames: readonly Frame[]): Frame[] =>
  frames.map((f) =>
    f.kind === 'when' ? { kind: 'earlier', ...(f.site === undefined ? {} : { site: f.site }) } : f,
  );

function slicesOf(frame: Frame): Slice[] {
  switch (frame.kind) {
    case 'some':
      return frame.bounds;
    case 'let':
    case 'earlier':
      return [];
    case 'when':
      return [frame.condition];
    case 'changes':
      return [frame.subscript];
  }
}

/** Numbers of the sites that frames stand for. */
export const sitesAround = (frames: readonly Frame[]): number[] =>
  frames.flatMap((f) => ('site' in f ? [f.site] : []));

/** Of what a place speaks: its own text, or what stands around it. */
export const levelAround = (frames: readonly Frame[], slices: Slice[], own: Level, walk: Walk): Level =>
  [...slices, ...frames.flatMap(slicesOf)]
    .map(walk.levelOf)
    .reduce(higher, frames.some((f) => f.kind === 'changes') ? higher('step', own) : own);

/** Why TLC cannot be asked for a place of this level; undefined where it can. */
export function whyUnasked(level: Level, first: boolean): string | undefined {
  if (level === 'behaviour') return 'it is a temporal formula';
  return first && level === 'step' ? 'it is asked of the first step alone' : undefined;
}

/** What is asked for: an antecedent, or the negation of what stands there, or the bounds of a quantifier. */
interface Asked {
  kind: Site['kind'];
  slices: Slice[];
  negated?: boolean;
}

function makeSite({ kind, slices, negated }: Asked, frames: Frame[], at: Position, walk: Walk): Found {
  const used = [...slices, ...frames.flatMap(slicesOf)];
  const level = levelAround(frames, slices, 'state', walk);
  const local = used.flatMap((s) => namesIn(s.text)).find((name) => walk.hidden.has(name.replace(/!.*/, '')));
  const hidden = local === undefined ? undefined : `${local} is LOCAL to its module`;
  const reason = whyUnasked(level, !at.everywhere) ?? hidden;
  const [first] = slices;
  const sign = negated === true ? '~' : '';
  const texts = slices.map((s) => oneLine(s.text));
  return {
    number: walk.fresh(),
    outer: sitesAround(frames),
    kind,
    frames,
    core: kind === 'set' ? 'TRUE' : slices.map((s) => `${sign}${expressionOf(s)}`).join(' /\\ '),
    text: kind === 'set' ? texts.join(', ') : texts.map((t) => (sign ? `~(${t})` : t)).join(' /\\ '),
    place: { path: at.file, line: first?.line ?? 1 },
    level,
    first: !at.everywhere,
    later: at.later,
    needs: [],
    ...(reason === undefined ? {} : { reason }),
  };
}

/** A place that may hold an antecedent, and that nothing is asked of. */
export function unaskedSite(slice: Slice, reason: string, at: Position, walk: Walk): Found {
  return { ...makeSite({ kind: 'antecedent', slices: [slice] }, [], at, walk), reason };
}

/** Conditions on the way that TLC can evaluate in a state or step. */
const asked = (frames: Frame[], walk: Walk): Frame[] =>
  frames.filter((f) => slicesOf(f).every((s) => walk.levelOf(s) !== 'behaviour'));

/** `A => FALSE` says that A is never true, and `\A x \in S : FALSE` that S is empty: there that is no finding. */
const isFalse = (formula: Formula): boolean => formula.kind === 'opaque' && formula.slice.text === 'FALSE';
const isTrue = (formula: Formula): boolean => formula.kind === 'opaque' && formula.slice.text === 'TRUE';

/** `A => B`: A, and what is found in B where A is true. */
function sitesInCase(
  antecedent: { slices: Slice[]; negated?: boolean },
  consequent: Formula,
  frames: Frame[],
  at: Position,
  walk: Walk,
): Found[] {
  const own = makeSite({ kind: 'antecedent', ...antecedent }, frames, at, walk);
  const { slices, negated } = antecedent;
  const inside = slices.map((s) => ({ ...when(s), holds: negated !== true, site: own.number }));
  return [own, ...findSites(consequent, [...frames, ...asked(inside, walk)], at, walk)];
}

/** The set of a universal quantifier, and the frames of what stands under it. */
function overSet(
  bounds: Slice[],
  frames: Frame[],
  at: Position,
  walk: Walk,
): { own: Found; inside: Frame[] } {
  const some: Frame = { kind: 'some', bounds };
  const own = makeSite({ kind: 'set', slices: bounds }, [...frames, some], { ...at, everywhere: true }, walk);
  return { own, inside: [...frames, ...asked([{ ...some, site: own.number }], walk)] };
}

/** `~A \/ B` is `A => B`; of `~A \/ ~B`, which says that both are never true at once, nothing is asked. */
function sitesInOr(
  parts: { slice: Slice; formula: Formula }[],
  frames: Frame[],
  at: Position,
  walk: Walk,
): Found[] {
  const denied = parts.flatMap(({ formula }) => (formula.kind === 'not' ? [formula.operandSlice] : []));
  const stated = parts.filter(({ formula }) => formula.kind !== 'not');
  const isImplication = denied.length > 0 && stated.some(({ formula }) => !isFalse(formula));
  const [only, second] = stated;
  if (isImplication && only && !second)
    return sitesInCase({ slices: denied }, only.formula, frames, at, walk);
  const own = isImplication ? [makeSite({ kind: 'antecedent', slices: denied }, frames, at, walk)] : [];
  const given = own.flatMap(({ number }) => denied.map((s) => ({ ...when(s), site: number })));
  const open = isImplication ? stated : parts;
  return [
    ...own,
    ...open.flatMap((p, i) => {
      const before = open.slice(0, i).map(({ slice }) => unless(slice));
      return findSites(p.formula, [...frames, ...asked([...given, ...before], walk)], uncertain(at), walk);
    }),
  ];
}

/** `~\E x \in S : A` is `\A x \in S : ~A`. */
function sitesInNot(operand: Formula, frames: Frame[], at: Position, walk: Walk): Found[] {
  if (operand.kind === 'not') return findSites(operand.operand, frames, at, walk);
  if (operand.kind === 'or') return operand.parts.flatMap((p) => sitesInNot(p.formula, frames, at, walk));
  if (operand.kind !== 'exists' || isTrue(operand.body)) return [];
  const { own, inside } = overSet(operand.bounds, frames, at, walk);
  return [own, ...sitesInNot(operand.body, inside, at, walk)];
}

/** Every site in a formula, in the order of its text. */
export function findSites(formula: Formula, frames: Frame[], at: Position, walk: Walk): Found[] {
  const go = (inner: Formula, more: Frame[], position = at): Found[] =>
    findSites(inner, [...frames, ...asked(more, walk)], position, walk);
  switch (formula.kind) {
    case 'and':
      return formula.parts.flatMap((p, i) =>
        go(p.formula, at.certain ? [] : formula.parts.slice(0, i).map(({ slice }) => when(slice))),
      );
    case 'or':
      return sitesInOr(formula.parts, frames, at, walk);
    case 'not':
      return sitesInNot(formula.operand, frames, at, walk);
    case 'implies':
      if (isFalse(formula.consequent)) return [];
      return sitesInCase({ slices: [formula.antecedent] }, formula.consequent, frames, at, walk);
    case 'leads to':
      if (isFalse(formula.consequent)) return [];
      return [
        makeSite({ kind: 'antecedent', slices: [formula.antecedent] }, earlier(frames), everywhere(at), walk),
        ...findSites(formula.consequent, earlier(frames), uncertain(everywhere(at)), walk),
      ];
    case 'forall': {
      if (isFalse(formula.body)) return [];
      const { own, inside } = overSet(formula.bounds, frames, at, walk);
      return [own, ...findSites(formula.body, inside, at, walk)];
    }
    case 'exists':
      return go(formula.body, [{ kind: 'some', bounds: formula.bounds }], uncertain(at));
    case 'let': {
      const { slices: definitions, definitions: operators } = formula;
      return go(formula.body, [{ kind: 'let', operators, definitions, extra: [] }]);
    }
    case 'if': {
      const slices = [formula.condition];
      // `IF A THEN B ELSE TRUE` is `A => B`.
      if (isTrue(formula.otherwise) && !isFalse(formula.then))
        return sitesInCase({ slices }, formula.then, frames, at, walk);
      if (isTrue(formula.then) && !isFalse(formula.otherwise))
        return sitesInCase({ slices, negated: true }, formula.otherwise, frames, at, walk);
      return [
        ...go(formula.then, [when(formula.condition)]),
        ...go(formula.otherwise, [unless(formula.condition)]),
      ];
    }
    case 'case': {
      const isConditional = [
        ...formula.arms.map((arm) => arm.body),
        ...(formula.other ? [formula.other] : []),
      ].some(isTrue);
      return [
        ...formula.arms.flatMap(({ guard, body }) =>
          isConditional && !isTrue(body) && !isFalse(body)
            ? sitesInCase({ slices: [guard] }, body, frames, at, walk)
            : go(body, [when(guard)]),
        ),
        ...(formula.other
          ? go(
              formula.other,
              formula.arms.map((arm) => unless(arm.guard)),
            )
          : []),
      ];
    }
    case 'always':
      return findSites(formula.body, earlier(frames), everywhere(at), walk);
    case 'eventually':
      return findSites(formula.body, earlier(frames), uncertain(everywhere(at)), walk);
    case 'step':
      return go(formula.body, [{ kind: 'changes', subscript: formula.subscript }]);
    case 'call':
      return walk.expand(formula, frames, at, walk);
    case 'fairness':
    case 'opaque':
      return [];
  }
}
