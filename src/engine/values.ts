/**
 * The canonical form of TLA+ values, their order, and their text. Two values that are equal in TLA+ have one form:
 * set elements, record fields and function pairs sorted and without duplicates, a function over 1..n a sequence, a
 * function over identifier strings a record, a function over nothing the empty sequence.
 */
import type { Value } from '../domain/behaviour.js';
import { unreachable } from '../domain/problem.js';

type Pair = { key: Value; value: Value };

const KINDS = ['bool', 'int', 'string', 'model', 'seq', 'set', 'record', 'function', 'text'] as const;
const IDENTIFIER = /^\w*[A-Za-z]\w*$/;
/** Words that SANY does not take as a field name. */
const RESERVED = new Set(
  (
    'ASSUME ASSUMPTION AXIOM CASE CHOOSE CONSTANT CONSTANTS DOMAIN ELSE ENABLED EXCEPT EXTENDS IF IN INSTANCE LET ' +
    'LOCAL MODULE OTHER SF_ SUBSET THEN THEOREM UNCHANGED UNION VARIABLE VARIABLES WF_ WITH LAMBDA RECURSIVE TRUE ' +
    'FALSE BOOLEAN STRING ACTION ASSUME BY COROLLARY DEF DEFINE DEFS HAVE HIDE LEMMA NEW OBVIOUS OMITTED PICK PROOF ' +
    'PROPOSITION PROVE QED STATE SUFFICES TAKE TEMPORAL USE WITNESS'
  ).split(' '),
);

/** A total order on canonical values: by kind, then by content; integers by size. */
export function compareValues(a: Value, b: Value): number {
  if (a.kind === 'int' && b.kind === 'int') return compare(BigInt(a.value), BigInt(b.value));
  if (a.kind === b.kind) return compare(JSON.stringify(a), JSON.stringify(b));
  return KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind);
}

/** The canonical form of a value whose parts stand in any order. */
export function canonicaliseValue(value: Value): Value {
  switch (value.kind) {
    case 'int':
      return { kind: 'int', value: BigInt(value.value).toString() };
    case 'bool':
    case 'string':
    case 'model':
    case 'text':
      return value;
    case 'set':
      return { kind: 'set', elements: sortUnique(value.elements.map(canonicaliseValue)) };
    case 'seq':
      return { kind: 'seq', elements: value.elements.map(canonicaliseValue) };
    case 'record':
      return canonicaliseFunction(
        value.fields.map((field) => ({ key: { kind: 'string', value: field.name }, value: field.value })),
      );
    case 'function':
      return canonicaliseFunction(value.pairs);
    default:
      return unreachable(value);
  }
}

/** The value as a TLA+ expression; `parseValue` reads it back to the same value. */
export function formatValue(value: Value): string {
  switch (value.kind) {
    case 'int':
    case 'model':
    case 'text':
      return value.value;
    case 'bool':
      return value.value ? 'TRUE' : 'FALSE';
    case 'string':
      return quote(value.value);
    case 'set':
      return `{${value.elements.map(formatValue).join(', ')}}`;
    case 'seq':
      return `<<${value.elements.map(formatValue).join(', ')}>>`;
    case 'record':
      if (value.fields.length === 0) return '<<>>';
      if (value.fields.every((field) => isFieldName(field.name))) {
        return `[${value.fields.map((field) => `${field.name} |-> ${formatValue(field.value)}`).join(', ')}]`;
      }
      return formatPairs(
        value.fields.map((field) => ({ key: { kind: 'string', value: field.name }, value: field.value })),
      );
    case 'function':
      return value.pairs.length === 0 ? '<<>>' : formatPairs(value.pairs);
    default:
      return unreachable(value);
  }
}

function formatPairs(pairs: Pair[]): string {
  return `(${pairs.map((pair) => `${formatValue(pair.key)} :> ${formatValue(pair.value)}`).join(' @@ ')})`;
}

function canonicaliseFunction(unordered: Pair[]): Value {
  const pairs: Pair[] = unordered.map((pair) => ({
    key: canonicaliseValue(pair.key),
    value: canonicaliseValue(pair.value),
  }));
  // `f @@ g` takes f where both are defined, so the first of equal keys stays. Sorting is stable.
  const sorted = pairs
    .sort((a, b) => compareValues(a.key, b.key))
    .filter((pair, i, all) => i === 0 || compareValues(pair.key, all[i - 1]?.key ?? pair.key) !== 0);
  if (sorted.every((pair, i) => pair.key.kind === 'int' && pair.key.value === String(i + 1))) {
    return { kind: 'seq', elements: sorted.map((pair) => pair.value) };
  }
  const fields = sorted.flatMap((pair) =>
    pair.key.kind === 'string' && IDENTIFIER.test(pair.key.value)
      ? [{ name: pair.key.value, value: pair.value }]
      : [],
  );
  if (fields.length === sorted.length) return { kind: 'record', fields };
  return { kind: 'function', pairs: sorted };
}

function sortUnique(values: Value[]): Value[] {
  const sorted = values.sort(compareValues);
  return sorted.filter((value, i) => i === 0 || compareValues(value, sorted[i - 1] ?? value) !== 0);
}

function compare<T extends string | bigint>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isFieldName(name: string): boolean {
  return IDENTIFIER.test(name) && !RESERVED.has(name) && !/^[WS]F_/.test(name);
}

const ESCAPES: Record<string, string> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\t': '\\t',
  '\r': '\\r',
  '\f': '\\f',
};

function quote(text: string): string {
  return `"${text.replace(/["\\\n\t\r\f]/g, (c) => ESCAPES[c] ?? c)}"`;
}
