/** A TLC configuration (.cfg) as data, with the line of every statement. */

/** A name standing in the file at `line` (1-based). */
export interface NamedAt {
  name: string;
  line: number;
}

/** `N = 3` (assign: `value` is the text of a TLA+ constant expression) or `Op <- Other` / `Op <- [Module]Other`. */
export interface ConstantAssignment {
  name: string;
  kind: 'assign' | 'substitute';
  value: string;
  /** Module named in `<- [Module]Other`. */
  module?: string;
  line: number;
}

export interface Config {
  specification?: NamedAt;
  init?: NamedAt;
  next?: NamedAt;
  constants: ConstantAssignment[];
  invariants: NamedAt[];
  properties: NamedAt[];
  symmetry: NamedAt[];
  view: NamedAt[];
  constraints: NamedAt[];
  actionConstraints: NamedAt[];
  /** `CHECK_DEADLOCK TRUE|FALSE`; absent means on, as in TLC. */
  checkDeadlock?: { value: boolean; line: number };
}
