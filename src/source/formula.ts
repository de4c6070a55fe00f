/**
 * The shape of a TLA+ formula as far as vacuity is concerned: what stands under what, and the text of each part with
 * the column it needs, so that it can be set down again in a generated module. Pure data.
 */
import { codeOf } from './outline.js';

/** What a formula speaks of: single states, steps, or whole behaviours. */
export type Level = 'state' | 'step' | 'behaviour';

/** A piece of source text; `indent` is what stands before its first line, as blanks: bulleted lists are aligned by it. */
export interface Slice {
  text: string;
  indent: string;
  line: number;
  /** By the signs in the text itself; operators that it uses may be of a higher one. */
  level: Level;
  /** What ENABLED is applied to in the text: steps are spoken of there, but ENABLED itself is of states. */
  enabled?: string[];
}

/** An operator in a LET, or of a module. */
export interface FormulaDefinition {
  name: string;
  /** As declared: `x`, or `F(_)` for an operator parameter. */
  params: string[];
  local: boolean;
  line: number;
  body: Formula;
  bodySlice: Slice;
  /** The whole definition. */
  slice: Slice;
}

export interface Call {
  kind: 'call';
  /** An identifier, or the sign of an operator that stands between or behind what it is applied to. */
  name: string;
  args: Slice[];
  /** `I`, or `I(x)` and `J`, of `I!Op` and `I(x)!J!Op`; empty for an operator of the module itself. */
  through: { name: string; args: Slice[] }[];
  /** `f[x]`. */
  isFunction?: true;
  slice: Slice;
}

export type Formula =
  | { kind: 'and' | 'or'; parts: { slice: Slice; formula: Formula }[] }
  | { kind: 'not'; operand: Formula; operandSlice: Slice }
  | { kind: 'implies' | 'leads to'; antecedent: Slice; consequent: Formula; consequentSlice: Slice }
  | { kind: 'forall' | 'exists'; bounds: Slice[]; body: Formula; bodySlice: Slice }
  | { kind: 'let'; definitions: FormulaDefinition[]; slices: Slice[]; body: Formula }
  | { kind: 'if'; condition: Slice; then: Formula; otherwise: Formula }
  | { kind: 'case'; arms: { guard: Slice; body: Formula }[]; other?: Formula }
  | { kind: 'always' | 'eventually'; body: Formula; bodySlice: Slice }
  | { kind: 'step'; body: Formula; subscript: Slice }
  | { kind: 'fairness'; action: Formula; slice: Slice }
  | Call
  | { kind: 'opaque'; slice: Slice };

/** The formulas of one module's definitions. */
export interface ModuleFormulas {
  module: string;
  file: string;
  definitions: FormulaDefinition[];
  /** `I == INSTANCE M …` and `INSTANCE M …`, with what stands from `INSTANCE` on. */
  instances: {
    name?: string;
    params: string[];
    module: string;
    local: boolean;
    slice: Slice;
    line: number;
  }[];
}

/** Every identifier that stands in a text, strings and comments left out; bound ones are among them. */
export function namesIn(text: string): string[] {
  return [...new Set(codeOf(text).match(/(?<![\\\w])[A-Za-z_]\w*(?:!\w+)*/g) ?? [])];
}

/** Text of a slice in one line, without comments: what messages and records show. */
export function oneLine(text: string): string {
  const bare = text.replace(/"(?:[^"\\]|\\.)*"|\(\*[\s\S]*?\*\)|\\\*.*$/gm, (part) =>
    part.startsWith('"') ? part : ' ',
  );
  return bare.replace(/\s+/g, ' ').trim();
}
