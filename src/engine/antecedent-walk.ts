/** What a walk through claims finds, and what it knows on its way (antecedent-sites.ts, antecedent-calls.ts). Pure data. */
import type { Place } from '../domain/claim.js';
import type { Call, Formula, Level, Slice } from '../source/formula.js';
import type { Frame } from './probe-text.js';
import type { SpecFormulas } from './spec-formulas.js';

/** Where vacuity could hide in a claim. */
export interface Site {
  /** Its own number, and those of the sites around it: where one of them is vacuous, so is this one. */
  number: number;
  outer: number[];
  kind: 'antecedent' | 'set' | 'action';
  claim: string;
  /** The antecedent, or the bounds of the quantifier, in one line; an action's name. */
  text: string;
  place: Place;
  /** To be evaluated in the root's unit. */
  expression: string;
  level: Level;
  /** Asked of the first states alone: the formula speaks of no other. */
  first: boolean;
  /** A temporal sign stands before it in its operator: conditions around the operator's use are of an earlier state. */
  later: boolean;
  /** Generated definitions that the expression uses, each behind those it needs itself. */
  needs: Generated[];
  /** Of an action: for each of its uses, the actions around it, by the numbers of their sites. */
  around?: number[][];
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
  /** Sites in a formula. */
  find: (formula: Formula, frames: Frame[], at: Position, walk: Walk) => Found[];
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
  /** A temporal sign stands between the beginning of the operator that is read and here. */
  later: boolean;
  /** Inside its frames the formula is true wherever the claim holds: so is each conjunct of it. */
  certain: boolean;
}
