/** What changed between two states, as short paths: `pc["t1"]: "idle" -> "locked"`. Pure. */
import type { State, Value } from '../domain/behaviour.js';
import { unreachable } from '../domain/problem.js';
import { formatValue } from '../engine/values.js';

/** One change: the path into the variable, and the texts before and after (one is absent for additions and removals). */
export interface Change {
  variable: string;
  path: string;
  before?: string | undefined;
  after?: string | undefined;
}

/** Whether two canonical values are equal; part by part, for most differ, or agree, at once. */
function isSame(a: Value, b: Value): boolean {
  if (a === b) return true;
  switch (a.kind) {
    case 'int':
    case 'bool':
    case 'string':
    case 'model':
    case 'text':
      return a.kind === b.kind && a.value === b.value;
    case 'set':
    case 'seq':
      return a.kind === b.kind && areAll(a.elements, b.elements, isSame);
    case 'record':
      return (
        a.kind === b.kind &&
        areAll(a.fields, b.fields, (x, y) => x.name === y.name && isSame(x.value, y.value))
      );
    case 'function':
      return (
        a.kind === b.kind &&
        areAll(a.pairs, b.pairs, (x, y) => isSame(x.key, y.key) && isSame(x.value, y.value))
      );
    default:
      return unreachable(a);
  }
}

function areAll<T>(a: readonly T[], b: readonly T[], isEqual: (x: T, y: T) => boolean): boolean {
  if (a.length !== b.length) return false;
  return a.every((x, i) => {
    const y = b[i];
    return y !== undefined && isEqual(x, y);
  });
}

/** One entry of a value that has parts. */
export interface Part {
  /** What it stands under: a field's name, an argument, an index. */
  key: string | number | Value;
  value: Value;
}

/** The entries of a value that has parts; undefined for a value without. */
export function partsOf(value: Value): Part[] | undefined {
  switch (value.kind) {
    case 'record':
      return value.fields.map((f) => ({ key: f.name, value: f.value }));
    case 'function':
      return value.pairs;
    case 'seq':
      return value.elements.map((e, i) => ({ key: i + 1, value: e }));
    case 'int':
    case 'bool':
    case 'string':
    case 'model':
    case 'set':
    case 'text':
      return undefined;
    default:
      return unreachable(value);
  }
}

/** The text that selects a part: `.name`, `[1]`, `["t1"]`. Made where it is shown: most parts never change. */
export function selectText({ key }: Part): string {
  if (typeof key === 'string') return `.${key}`;
  return `[${typeof key === 'number' ? key : formatValue(key)}]`;
}

const isSameKey = (a: Part, b: Part): boolean =>
  typeof a.key === 'object' && typeof b.key === 'object' ? isSame(a.key, b.key) : a.key === b.key;

/** Whether two values have parts under the same keys. */
export const isAlike = (a: readonly Part[], b: readonly Part[]): boolean => areAll(a, b, isSameKey);

function diffSets(variable: string, path: string, before: Value[], after: Value[]): Change[] {
  const gone = before.filter((b) => !after.some((a) => isSame(a, b)));
  const come = after.filter((a) => !before.some((b) => isSame(a, b)));
  return [
    ...gone.map((v) => ({ variable, path, before: formatValue(v) })),
    ...come.map((v) => ({ variable, path, after: formatValue(v) })),
  ];
}

/** What a sequence gained or lost at one of its ends; undefined where it did neither, or was or is empty. */
function diffEnds(variable: string, path: string, before: Value[], after: Value[]): Change[] | undefined {
  const [short, long] = before.length < after.length ? [before, after] : [after, before];
  const more = long.length - short.length;
  if (short.length === 0 || more === 0) return undefined;
  const isEnd = areAll(short, long.slice(0, short.length), isSame);
  if (!isEnd && !areAll(short, long.slice(more), isSame)) return undefined;
  const first = isEnd ? short.length : 0;
  return long.slice(first, first + more).map((value, i) => ({
    variable,
    path: `${path}[${first + i + 1}]`,
    [long === after ? 'after' : 'before']: formatValue(value),
  }));
}

/** Entries that came, went or changed; undefined where no entry stayed what it was, so that it is another thing. */
function diffEntries(variable: string, path: string, old: Part[], now: Part[]): Change[] | undefined {
  const before = new Map(old.map((part) => [selectText(part), part.value]));
  const after = new Map(now.map((part) => [selectText(part), part.value]));
  const isKept = [...before].some(([select, value]) => {
    const next = after.get(select);
    return next !== undefined && isSame(value, next);
  });
  if (!isKept) return undefined;
  return [
    ...[...before].flatMap(([select, value]) => {
      const next = after.get(select);
      if (next) return diffValues(variable, path + select, value, next);
      return [{ variable, path: path + select, before: formatValue(value) }];
    }),
    ...[...after]
      .filter(([select]) => !before.has(select))
      .map(([select, value]) => ({ variable, path: path + select, after: formatValue(value) })),
  ];
}

/** So many characters before and after are taken in at once: nobody looks for what differs in them. */
const READ_AT_ONCE = 80;

/** Changes of one value, as deep as its shape stays the same; of a longer one that grew or shrank, what came and went. */
function diffValues(variable: string, path: string, before: Value, after: Value): Change[] {
  if (isSame(before, after)) return [];
  if (before.kind === 'set' && after.kind === 'set')
    return diffSets(variable, path, before.elements, after.elements);
  const old = partsOf(before);
  const now = partsOf(after);
  if (!old || !now || before.kind !== after.kind || !isAlike(old, now)) {
    const [was, is] = [formatValue(before), formatValue(after)];
    const whole = [{ variable, path, before: was, after: is }];
    if (!old || !now || before.kind !== after.kind || was.length + is.length <= READ_AT_ONCE) return whole;
    if (before.kind === 'seq' && after.kind === 'seq')
      return diffEnds(variable, path, before.elements, after.elements) ?? whole;
    return diffEntries(variable, path, old, now) ?? whole;
  }
  return old.flatMap((part, i) => {
    const next = now[i];
    if (!next || isSame(part.value, next.value)) return [];
    return diffValues(variable, path + selectText(part), part.value, next.value);
  });
}

/** Everything that differs between two states, variables in alphabetical order. */
export function changesBetween(before: State, after: State): Change[] {
  return Object.keys(after.variables)
    .sort()
    .flatMap((name) => {
      const old = before.variables[name];
      const now = after.variables[name];
      if (!now) return [];
      if (!old) return [{ variable: name, path: name, after: formatValue(now) }];
      return diffValues(name, name, old, now);
    });
}

/** Longer texts are cut: a value of hundreds of lines would push all else off the screen. The log has it whole. */
const LONGEST = 300;

/** The text, or its beginning and how much was left out. */
export function cutText(text: string, longest = LONGEST): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest)}… (${(text.length - longest).toLocaleString('en-US')} more characters in the log)`;
}

/**
 * `pc["t1"]: "idle" -> "locked"`; `pool: added "a"`; `pool: removed 2`. Words, for a sign in front of a number is read as
 * the number's own: `-2` looked like a new value.
 */
export function showChange(change: Change): string {
  const [before, after] = [change.before, change.after].map((text) => text && cutText(text));
  if (before === undefined) return `${change.path}: added ${after ?? ''}`;
  if (after === undefined) return `${change.path}: removed ${before}`;
  return `${change.path}: ${before} -> ${after}`;
}
