/**
 * Whether the committed baseline says what this tree shows: a baseline older than the code is no evidence. Where only
 * layout, comments or the order of conjuncts is another, it still says it: the evidence was made anew, and nothing differs.
 * Pure.
 */
import { BASELINE_FILE, type Baseline, type Change } from '../domain/baseline.js';
import { canonicalJson } from '../host/files.js';
import { lineInBaseline } from './baseline-file.js';
import { sortFormula } from './formula-order.js';

const MEND = 'workbench verify && workbench gate --accept';

/**
 * @param stored head's own baseline, undefined where there is none
 * @param shown what the tree declares and the evidence shows
 * @param text of the stored one, for the line
 */
export function findOutdated(stored: Baseline | undefined, shown: Baseline, text: string): Change[] {
  if (stored === undefined)
    return [outdated(1, BASELINE_FILE, 'no such file', 'this tree has evidence and no baseline')];
  const difference = firstDifference(withoutLayout(stored), withoutLayout(shown));
  if (difference === undefined) return findRelaid(stored, shown, text);
  const { path, was, is } = difference;
  return [outdated(lineInBaseline(text, path), nameOf(stored, path), was, is)];
}

/** What is said of a part rests on hashes of files to the byte; those are no part of what it says. */
function withoutLayout(baseline: Baseline): Baseline {
  return {
    ...baseline,
    modules: baseline.modules.map((module) => ({
      ...module,
      inputs: '',
      definitions: mapValues(module.definitions, sortFormula),
      assumes: module.assumes.map((assume) => ({ ...assume, formula: sortFormula(assume.formula) })),
    })),
    native: baseline.native && { ...baseline.native, inputs: '' },
  };
}

const mapValues = <T>(record: Record<string, T>, change: (value: T) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));

/** One note for each part that was only laid out anew. */
function findRelaid(stored: Baseline, shown: Baseline, text: string): Change[] {
  const note = (subject: string, path: PropertyKey[]): Change => ({
    kind: 'layout-changed',
    severity: 'note',
    subject,
    place: { path: BASELINE_FILE, line: lineInBaseline(text, path) },
    was: 'as accepted',
    is: 'comments, layout or order differ, and nothing that is declared or shown; it is shown anew until accepted',
    mend: '',
  });
  const modules = stored.modules.flatMap((module, i) => {
    const now = shown.modules.find((m) => m.path === module.path);
    return now?.inputs === module.inputs ? [] : [note(module.name, ['modules', i])];
  });
  const isSame = stored.native?.inputs === shown.native?.inputs;
  return [...modules, ...(isSame ? [] : [note('native code', ['native'])])];
}

const outdated = (line: number, subject: string, was: string, is: string): Change => ({
  kind: 'evidence-old',
  severity: 'fails',
  subject,
  place: { path: BASELINE_FILE, line },
  was,
  is,
  mend: MEND,
});

/** Tools may differ from machine to machine, and approvals are head's own. */
const IGNORED = new Set(['tools', 'accepted', 'hash']);

function firstDifference(
  stored: Baseline,
  shown: Baseline,
): { path: PropertyKey[]; was: string; is: string } | undefined {
  const keys = [...new Set([...Object.keys(stored), ...Object.keys(shown)])].sort();
  for (const key of keys.filter((k) => !IGNORED.has(k))) {
    const found = descend((stored as Record<string, unknown>)[key], (shown as Record<string, unknown>)[key], [
      key,
    ]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function descend(
  was: unknown,
  is: unknown,
  path: PropertyKey[],
): { path: PropertyKey[]; was: string; is: string } | undefined {
  if (text(was) === text(is)) return undefined;
  const isPair = isTable(was) && isTable(is);
  if (!isPair || Array.isArray(was) !== Array.isArray(is))
    return { path, was: shorten(text(was)), is: shorten(text(is)) };
  const other = Array.isArray(was) && Array.isArray(is) ? differentEntry(was, is) : undefined;
  if (other !== undefined) return { ...other, path: [...path, ...other.path] };
  const [a, b] = [was as Record<string, unknown>, is as Record<string, unknown>];
  // Hashes differ whenever anything does: what they stand for says more.
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  const rank = (key: string): number => (key === 'inputs' || key === 'text' ? 1 : 0);
  keys.sort((x, y) => rank(x) - rank(y));
  for (const key of keys) {
    const found = descend(a[key], b[key], [...path, Array.isArray(was) ? Number(key) : key]);
    if (found !== undefined) return found;
  }
  return { path, was: shorten(text(was)), is: shorten(text(is)) };
}

/** An entry that only one of two lists has: those behind it stand elsewhere for no other reason. */
function differentEntry(
  was: unknown[],
  is: unknown[],
): { path: PropertyKey[]; was: string; is: string } | undefined {
  const without = (list: unknown[], others: unknown[]): number => {
    const known = new Set(others.map(identityOf));
    return list.findIndex((item) => !known.has(identityOf(item)));
  };
  const [lost, fresh] = [without(was, is), without(is, was)];
  if (lost >= 0) return { path: [lost], was: shorten(text(was[lost])), is: 'nothing' };
  return fresh < 0 ? undefined : { path: [], was: 'nothing', is: shorten(text(is[fresh])) };
}

function identityOf(item: unknown): string {
  const { id, name, path, step } = item as Partial<Record<string, string>>;
  const parts = [id, name, path, step].filter((part) => part !== undefined);
  return parts.length === 0 ? canonicalJson(item) : parts.join(' ');
}

/** An object, or a list of them; a formula or a list of names is one value. */
const isTable = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  (!Array.isArray(value) || value.some((item) => typeof item === 'object' && !Array.isArray(item)));

const text = (value: unknown): string => (value === undefined ? 'nothing' : canonicalJson(value));
const shorten = (value: string): string => (value.length <= 120 ? value : `${value.slice(0, 117)}...`);

/** `modules AGXV2_3 claims NoUseAfterFree rung`: the path with names in place of positions. */
function nameOf(stored: Baseline, path: readonly PropertyKey[]): string {
  let at: unknown = stored;
  return path
    .map((key) => {
      at = (at as Record<PropertyKey, unknown> | undefined)?.[key];
      const named = at as { name?: string; path?: string; step?: string; id?: string } | undefined;
      return typeof key === 'number' ? (named?.name ?? named?.path ?? named?.step ?? named?.id ?? key) : key;
    })
    .join(' ');
}
