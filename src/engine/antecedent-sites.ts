/**
 * Finds in a claim what can make it true for no reason: antecedents of implications and sets of universal quantifiers,
 * under conjunctions, quantifiers, LET, IF, CASE, temporal signs, and in the operators it uses, of other modules too.
 * Pure; antecedents.ts sets what is found into its claim.
 */
import { namesIn, oneLine, type Formula, type Slice } from '../source/formula.js';
import type { Found, Position, Site, Walk } from './antecedent-walk.js';
import { higher } from './formula-levels.js';
import { expressionOf, type Frame } from './probe-text.js';

const when = (condition: Slice): Frame & { kind: 'when' } => ({ kind: 'when', condition, holds: true });
const unless = (condition: Slice): Frame => ({ kind: 'when', condition, holds: false });
const everywhere = (at: Position): Position => ({ ...at, everywhere: true });
const uncertain = (at: Position): Position => ({ ...at, certain: false });

function slicesOf(frame: Frame): Slice[] {
  switch (frame.kind) {
    case 'some':
      return frame.bounds;
    case 'let':
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

function makeSite(kind: Site['kind'], slices: Slice[], frames: Frame[], at: Position, walk: Walk): Found {
  const used = [...slices, ...frames.flatMap(slicesOf)];
  const stepped = frames.some((f) => f.kind === 'changes') ? 'step' : 'state';
  const level = used.map(walk.levelOf).reduce(higher, stepped);
  const local = used.flatMap((s) => namesIn(s.text)).find((name) => walk.hidden.has(name.replace(/!.*/, '')));
  const reason = ((): string | undefined => {
    if (level === 'behaviour') return 'it is a temporal formula';
    if (!at.everywhere && level === 'step') return 'it is asked of the first step alone';
    return local === undefined ? undefined : `${local} is LOCAL to its module`;
  })();
  const [first] = slices;
  return {
    number: walk.fresh(),
    outer: sitesAround(frames),
    kind,
    frames,
    core: kind === 'set' || !first ? 'TRUE' : expressionOf(first),
    text: slices.map((s) => oneLine(s.text)).join(', '),
    place: { path: at.file, line: first?.line ?? 1 },
    level,
    first: !at.everywhere,
    needs: [],
    ...(reason === undefined ? {} : { reason }),
  };
}

/** A place that may hold an antecedent, and that nothing is asked of. */
export function unaskedSite(slice: Slice, reason: string, at: Position, walk: Walk): Found {
  return { ...makeSite('antecedent', [slice], [], at, walk), reason };
}

/** Conditions on the way that TLC can evaluate in a state or step. */
const asked = (frames: Frame[], walk: Walk): Frame[] =>
  frames.filter((f) => slicesOf(f).every((s) => walk.levelOf(s) !== 'behaviour'));

/** `A => FALSE` says that A is never true, and `\A x \in S : FALSE` that S is empty: there that is no finding. */
const isFalse = (formula: Formula): boolean => formula.kind === 'opaque' && formula.slice.text === 'FALSE';

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
      return formula.parts.flatMap((p, i) =>
        go(
          p.formula,
          formula.parts.slice(0, i).map(({ slice }) => unless(slice)),
          uncertain(at),
        ),
      );
    case 'implies': {
      if (isFalse(formula.consequent)) return [];
      const own = makeSite('antecedent', [formula.antecedent], frames, at, walk);
      return [own, ...go(formula.consequent, [{ ...when(formula.antecedent), site: own.number }])];
    }
    case 'leads to':
      if (isFalse(formula.consequent)) return [];
      return [
        makeSite('antecedent', [formula.antecedent], frames, everywhere(at), walk),
        ...go(formula.consequent, [], uncertain(everywhere(at))),
      ];
    case 'forall': {
      if (isFalse(formula.body)) return [];
      const some: Frame = { kind: 'some', bounds: formula.bounds };
      const own = makeSite('set', formula.bounds, [...frames, some], everywhere(at), walk);
      return [own, ...go(formula.body, [{ ...some, site: own.number }])];
    }
    case 'exists':
      return go(formula.body, [{ kind: 'some', bounds: formula.bounds }], uncertain(at));
    case 'let': {
      const { slices: definitions, definitions: operators } = formula;
      return go(formula.body, [{ kind: 'let', operators, definitions, extra: [] }]);
    }
    case 'if':
      return [
        ...go(formula.then, [when(formula.condition)]),
        ...go(formula.otherwise, [unless(formula.condition)]),
      ];
    case 'case':
      return [
        ...formula.arms.flatMap((arm) => go(arm.body, [when(arm.guard)])),
        ...(formula.other
          ? go(
              formula.other,
              formula.arms.map((arm) => unless(arm.guard)),
            )
          : []),
      ];
    case 'always':
      return go(formula.body, [], everywhere(at));
    case 'eventually':
      return go(formula.body, [], uncertain(everywhere(at)));
    case 'step':
      return go(formula.body, [{ kind: 'changes', subscript: formula.subscript }]);
    case 'call':
      return walk.expand(formula, frames, at, walk);
    case 'fairness':
    case 'opaque':
      return [];
  }
}
