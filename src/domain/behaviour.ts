/** Behaviours: sequences of states and actions. A counterexample and an implementation's trace are the same type. */
import { z } from 'zod';

/**
 * A TLA+ value in canonical form: set elements and record fields sorted, duplicates removed, so that two values are
 * equal exactly when their JSON is equal. `text` keeps what no other kind covers (lazy sets, symbols of other modules).
 */
export type Value =
  | { kind: 'int'; value: string }
  | { kind: 'bool'; value: boolean }
  | { kind: 'string'; value: string }
  | { kind: 'model'; value: string }
  | { kind: 'set'; elements: Value[] }
  | { kind: 'seq'; elements: Value[] }
  | { kind: 'record'; fields: { name: string; value: Value }[] }
  | { kind: 'function'; pairs: { key: Value; value: Value }[] }
  | { kind: 'text'; value: string };

/** Values as `schemas/` publishes them; `valueSchema` reads them. */
export const valueShape: z.ZodType<Value> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('int'), value: z.string() }),
    z.object({ kind: z.literal('bool'), value: z.boolean() }),
    z.object({ kind: z.literal('string'), value: z.string() }),
    z.object({ kind: z.literal('model'), value: z.string() }),
    z.object({ kind: z.literal('set'), elements: z.array(valueShape) }),
    z.object({ kind: z.literal('seq'), elements: z.array(valueShape) }),
    z.object({
      kind: z.literal('record'),
      fields: z.array(z.object({ name: z.string(), value: valueShape })),
    }),
    z.object({
      kind: z.literal('function'),
      pairs: z.array(z.object({ key: valueShape, value: valueShape })),
    }),
    z.object({ kind: z.literal('text'), value: z.string() }),
  ]),
);

const isObject = (found: unknown): found is Record<string, unknown> =>
  typeof found === 'object' && found !== null;

function isValue(found: unknown): found is Value {
  if (!isObject(found)) return false;
  const { kind, value, elements, fields, pairs } = found;
  switch (kind) {
    case 'int':
    case 'string':
    case 'model':
    case 'text':
      return typeof value === 'string';
    case 'bool':
      return typeof value === 'boolean';
    case 'set':
    case 'seq':
      return Array.isArray(elements) && elements.every(isValue);
    case 'record':
      return (
        Array.isArray(fields) &&
        fields.every((f) => isObject(f) && typeof f['name'] === 'string' && isValue(f['value']))
      );
    case 'function':
      return (
        Array.isArray(pairs) && pairs.every((p) => isObject(p) && isValue(p['key']) && isValue(p['value']))
      );
    default:
      return false;
  }
}

/** The same, by hand: a record is values for the most part, and reading them took a fifth of a report's time. */
export const valueSchema: z.ZodType<Value> = z.custom<Value>(isValue, 'not a value');

/** A place in a TLA+ module, as TLC prints it; lines and columns count from 1. */
export const spanSchema = z.object({
  module: z.string(),
  line: z.number().int(),
  column: z.number().int(),
  endLine: z.number().int(),
  endColumn: z.number().int(),
});
export type Span = z.infer<typeof spanSchema>;

/** The action that led into a state. `name` is `Initial predicate` for the first; `arguments` only where TLC prints them. */
export const actionSchema = z.object({
  name: z.string(),
  arguments: z.array(z.string()).optional(),
  span: spanSchema.optional(),
});
export type Action = z.infer<typeof actionSchema>;

export const stateSchema = z.object({
  /** 1 for the initial state. */
  number: z.number().int(),
  action: actionSchema,
  variables: z.record(z.string(), valueSchema),
});
export type State = z.infer<typeof stateSchema>;

/** How a behaviour ends: it stops, it stutters for ever after its last state, or it goes back to state `to` (a lasso). */
export const endingSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stops') }),
  z.object({ kind: z.literal('stutters') }),
  z.object({ kind: z.literal('back'), to: z.number().int(), action: actionSchema }),
]);
export type Ending = z.infer<typeof endingSchema>;

export interface Behaviour {
  states: State[];
  ending: Ending;
}
