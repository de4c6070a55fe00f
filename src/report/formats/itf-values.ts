/**
 * Values in the Informal Trace Format: `{"#bigint": "1"}`, `{"#set": […]}`, `{"#map": [[k, v], …]}`, records as objects,
 * sequences as lists. Contract: nothing is lost; a model value is a string, and where a string of the same text occurs
 * in the same trace, what the format has for values that it cannot write. Pure.
 */
import type { Value } from '../../domain/behaviour.js';
import { unreachable } from '../../domain/problem.js';

export type ItfValue =
  | boolean
  | string
  | ItfValue[]
  | { '#bigint': string }
  | { '#set': ItfValue[] }
  | { '#map': [ItfValue, ItfValue][] }
  | { '#unserializable': string }
  | { [field: string]: ItfValue };

/** @param strings texts of all strings in the trace; a model value must not become one of them */
export function toItf(value: Value, strings: ReadonlySet<string>): ItfValue {
  const inner = (v: Value): ItfValue => toItf(v, strings);
  switch (value.kind) {
    case 'bool':
    case 'string':
      return value.value;
    case 'int':
      return { '#bigint': value.value };
    case 'model':
      return strings.has(value.value) ? { '#unserializable': value.value } : value.value;
    case 'text':
      return { '#unserializable': value.value };
    case 'set':
      return { '#set': value.elements.map(inner) };
    case 'seq':
      return value.elements.map(inner);
    case 'record':
      return Object.fromEntries(value.fields.map((f) => [f.name, inner(f.value)]));
    case 'function':
      return { '#map': value.pairs.map((p) => [inner(p.key), inner(p.value)]) };
    default:
      return unreachable(value);
  }
}

/** Texts of all strings, and names of all model values, in a value. */
export function namesIn(value: Value, strings: Set<string>, models: Set<string>): void {
  const inner = (v: Value): void => {
    namesIn(v, strings, models);
  };
  switch (value.kind) {
    case 'string':
      strings.add(value.value);
      return;
    case 'model':
      models.add(value.value);
      return;
    case 'set':
    case 'seq':
      value.elements.forEach(inner);
      return;
    case 'record':
      value.fields.forEach((f) => {
        inner(f.value);
      });
      return;
    case 'function':
      value.pairs.forEach((p) => {
        inner(p.key);
        inner(p.value);
      });
      return;
    case 'int':
    case 'bool':
    case 'text':
      return;
    default:
      unreachable(value);
  }
}
