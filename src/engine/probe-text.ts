/**
 * Sets pieces of a spec down again in a generated module: each on lines of its own, in the column it came from, because
 * bulleted lists are read by their columns. Pure.
 */
import type { FormulaDefinition, Slice } from '../source/formula.js';

/** What stands around a place in a formula, from the outside in; `site`: number of the site that asks for it. */
export type Frame =
  /** Some value of each bound: a quantifier, whichever it was. */
  | { kind: 'some'; bounds: Slice[]; site?: number }
  /** LET, with generated operators behind its own. */
  | { kind: 'let'; operators: FormulaDefinition[]; definitions: Slice[]; extra: string[] }
  /** Only where this is true, or false. */
  | { kind: 'when'; condition: Slice; holds: boolean; site?: number }
  /** A condition on an earlier state than the one that is spoken of: nothing is asked of it. */
  | { kind: 'earlier'; site?: number }
  /** Only steps that change this. */
  | { kind: 'changes'; subscript: Slice };

export const placed = (slice: Slice): string => `${slice.indent}${slice.text}`;
const enclosed = (text: string): string => `(\n${text}\n)`;

/** A slice as an expression of its own. */
export const expressionOf = (slice: Slice): string => enclosed(placed(slice));

/** An expression inside its frames, over several lines; it begins in the first column. */
export function renderInside(frames: readonly Frame[], core: string): string {
  return frames.reduceRight((inner, frame) => {
    switch (frame.kind) {
      case 'some':
        return `\\E\n${frame.bounds.map(placed).join('\n,\n')}\n:\n${enclosed(inner)}`;
      case 'let':
        return `LET\n${[...frame.definitions.map(placed), ...frame.extra].join('\n')}\nIN\n${enclosed(inner)}`;
      case 'when':
        return `${frame.holds ? '' : '~'}${expressionOf(frame.condition)} /\\ ${enclosed(inner)}`;
      case 'earlier':
        return inner;
      case 'changes':
        return `~(UNCHANGED ${expressionOf(frame.subscript)}) /\\ ${enclosed(inner)}`;
    }
  }, core);
}

/** A generated definition. */
export function definitionText(name: string, params: string[], body: string): string {
  return `${name}${params.length === 0 ? '' : `(${params.join(', ')})`} ==\n${body}`;
}

/** An application of an operator. */
export function applied(name: string, args: Slice[]): string {
  return args.length === 0 ? name : `${name}(\n${args.map(placed).join('\n,\n')}\n)`;
}

/** Name of the generated module that extends a module of the spec. */
export const unitName = (module: string): string => `WbOf${module}`;

/** An instance of the generated module that extends `module`, with the substitution of the spec's own instance. */
export function instanceText(name: string, params: string[], instance: Slice, module: string): string {
  const substituted = instance.text.replace(
    new RegExp(`^(INSTANCE\\s+)${module}\\b`),
    `$1${unitName(module)}`,
  );
  return definitionText(name, params, `${instance.indent}${substituted}`);
}
