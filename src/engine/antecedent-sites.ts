/**
 * Finds in a claim what can make it true for no reason: antecedents of implications and sets of universal quantifiers,
 * under conjunctions, quantifiers, LET, IF, CASE, temporal signs, and in the operators it uses, of other modules too.
 * Pure; antecedents.ts sets what is found into its claim.
 */
import type { Place } from '../domain/claim.js';
import { namesIn, oneLine, type Call, type Formula, type Level, type Slice } from '../source/formula.js';
import { higher } from './formula-levels.js';
import { expressionOf, type Frame } from './probe-text.js';
import type { SpecFormulas } from './spec-formulas.js';

/** Where vacuity could hide in a claim. */
export interface Site {
  /** Its own number, and those of the sites around it: where one of them is vacuous, so is this one. */
  number: number;
  outer: number[];
  kind: 'antecedent' | 'set';
  claim: string;
  /** The antecedent, or the bounds of the quantifier, in one line. */
  text: string;
  place: Place;
  /** To be evaluated in the root's unit. */
  expression: string;
  level: Level;
  /** Asked of the first states alone: the formula speaks of no other. */
  first: boolean;
  /** Generated definitions that the expression uses, each behind those it needs itself. */
  needs: Generated[];
  /** Why it cannot be asked; absent where it can. */
  reason?: string;
  /** Why "never" cannot be said of it, though it can be seen. */
  partly?: string;
}

/** A definition to be generated in a module that extends `module`. */
export interface Generated {
  module: string;
  text: string;
  /** Modules whose definitions it uses that are LOCAL to `module`. */
  imports: string[];
}

/** A site before it is set into its claim. */
export type Found = Omit<Site, 'claim' | 'expression'> & { frames: Frame[]; core: string };

/** What a walk through one claim shares. */
export interface Walk {
  spec: SpecFormulas;
  /** A number that nothing has yet; with `Wb` before it a name that the spec does not use. */
  fresh: () => number;
  levelOf: (slice: Slice) => Level;
  /** Names that are LOCAL to their module and so not seen by one that extends it. */
  hidden: ReadonlySet<string>;
  isRecursive: (name: string) => boolean;
  /** Sites in the operator that is called. */
  expand: (call: Call, frames: Frame[], at: Position, walk: Walk) => Found[];
}

/** Where in the spec a walk is. */
export interface Position {
  /** The module whose unit the expression will stand in. */
  module: string;
  /** The file whose text is read. */
  file: string;
  /** Operators being looked into, so that recursion ends. */
  inside: readonly string[];
  /** The formula speaks of every state, not of the first one alone. */
  everywhere: boolean;
  /** Inside its frames the formula is true wherever the claim holds: so is each conjunct of it. */
  certain: boolean;
}

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
