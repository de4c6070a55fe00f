/**
 * runs/baseline.json as text: one line an entry and a stable order, so that a diff of it can be read; and back again.
 * Contract: a baseline that was edited by hand, cut or written by another version is refused, never half read. Pure.
 */
import { BASELINE_FILE, BASELINE_SCHEMA, baselineSchema, type Baseline } from '../domain/baseline.js';
import { EXIT, Problem } from '../domain/problem.js';
import { canonicalJson, sha256Json } from '../host/files.js';
import { readJson } from '../project/json-text.js';
import { showPath } from '../project/schema-errors.js';

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const sortBy = <T>(list: readonly T[], key: (item: T) => string): T[] =>
  [...list].sort((a, b) => byText(key(a), key(b)));

/** sha256 over what the file says, whatever it means: any version of the program can tell a file that was edited. */
function hashOfFile(written: object): string {
  const { hash: _own, ...rest } = written as { hash?: unknown };
  return sha256Json(rest);
}

/** The same facts in their one order, with their hash. */
export function sealBaseline(facts: Omit<Baseline, 'hash'>): Baseline {
  const { modules, native } = facts;
  const sorted: Omit<Baseline, 'hash'> = {
    ...facts,
    modules: sortBy(modules, (m) => m.path).map((m) => ({
      ...m,
      claims: sortBy(m.claims, (c) => c.name),
      models: sortBy(m.models, (x) => x.path),
      steps: sortBy(m.steps, (s) => s.step),
      assumes: sortBy(m.assumes, (a) => canonicalJson(a.formula)),
      accepted: sortBy(m.accepted, (a) => canonicalJson([a.finding, a.reason])),
    })),
    native: native && {
      ...native,
      functions: sortBy(native.functions, (f) => canonicalJson([f.path, f.name, f.code])),
      smoke: sortBy(native.smoke, (t) => t.name),
      builds: [...native.builds].sort(byText),
    },
    assumptions: sortBy(facts.assumptions, (a) => a.id),
    accepted: sortBy(facts.accepted, (a) => canonicalJson([a.subject, a.kind, a.was, a.is])),
  };
  // Through JSON, so that keys without a value are gone before the hash is taken.
  const plain = JSON.parse(canonicalJson(sorted)) as Omit<Baseline, 'hash'>;
  return { ...plain, hash: hashOfFile(JSON.parse(write(plain, '', '')) as object) };
}

/** Objects that are written over several lines; every other value stands in one. */
const OPEN = new Set(['', 'modules', 'native', 'definitions', 'explored', 'scores']);

/** The file's text. */
export function renderBaseline(baseline: Baseline): string {
  return `${write(baseline, '', '')}\n`;
}

/** Values that are left out of an entry; the schema puts them back. */
const USUAL: Record<string, unknown> = {
  auxiliary: false,
  redundant: false,
  outcome: 'holds',
  mode: 'exhaustive search',
  deadlock: true,
  observed: false,
  fullSet: false,
};

/** An entry without what the schema would add by itself: empty lists, usual values, rungs that nothing measured. */
function shorten(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return entry;
  const kept = Object.entries(entry)
    .map(([key, value]): [string, unknown] => [key, key === 'rungs' ? measured(value as object) : value])
    .filter(([key, value]) => {
      const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
      return !isEmpty && USUAL[key] !== value;
    });
  return Object.fromEntries(kept);
}

const measured = (rungs: object): object =>
  Object.fromEntries(Object.entries(rungs).filter(([, state]) => state !== 'not measured'));

function write(value: unknown, key: string, indent: string): string {
  const inner = `${indent} `;
  const lines = (open: string, parts: string[], close: string): string =>
    parts.length === 0
      ? `${open}${close}`
      : `${open}\n${parts.map((p) => inner + p).join(',\n')}\n${indent}${close}`;
  if (Array.isArray(value)) {
    const isTable = value.some((item) => typeof item === 'object' && !Array.isArray(item));
    if (!isTable) return canonicalJson(value);
    const parts = value.map((item) =>
      OPEN.has(key) ? write(item, key, inner) : canonicalJson(shorten(item)),
    );
    return lines('[', parts, ']');
  }
  if (typeof value !== 'object' || value === null || !OPEN.has(key)) return canonicalJson(value);
  const entries = Object.entries(value).sort(([a], [b]) => byText(a, b));
  return lines(
    '{',
    entries.map(([name, member]) => `${JSON.stringify(name)}: ${write(member, name, inner)}`),
    '}',
  );
}

/**
 * Reads a baseline's text.
 * @param where how messages name the text: a path, or a path and a commit
 */
export function readBaseline(text: string, where: string): Baseline {
  const again = `restore the file from git, or make it anew: ${ACCEPT}`;
  const json = readJson(text);
  if ('message' in json) {
    throw new Problem(
      'BASELINE-DAMAGED',
      `${where}:${json.line}: is not JSON, perhaps half written: ${json.message}`,
      again,
      EXIT.notAsDeclared,
    );
  }
  const version = (json.value as { schema?: unknown } | null)?.schema;
  if (typeof version === 'number' && version !== BASELINE_SCHEMA) {
    const fault = `${where}:${json.lineOf(['schema'])}: made by another version: schema ${version}, this program reads ${BASELINE_SCHEMA}`;
    if (version > BASELINE_SCHEMA)
      throw new Problem('BASELINE-NEWER', fault, 'use the newer workbench that wrote it', EXIT.wrongInput);
    throw new Problem('BASELINE-SCHEMA', fault, ACCEPT, EXIT.notAsDeclared);
  }
  const stored = json.value as { hash?: unknown } | null;
  const isWhole = typeof stored === 'object' && stored !== null && hashOfFile(stored) === stored.hash;
  const parsed = baselineSchema.safeParse(json.value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    if (isWhole) {
      throw new Problem(
        'BASELINE-SCHEMA',
        `${where}:${json.lineOf(issue?.path ?? [])}: made by another version, which knows ${showPath(issue?.path ?? [])} otherwise`,
        ACCEPT,
        EXIT.notAsDeclared,
      );
    }
    throw new Problem(
      'BASELINE-DAMAGED',
      `${where}:${json.lineOf(issue?.path ?? [])}: ${showPath(issue?.path ?? [])}: ${issue?.message ?? ''}`,
      again,
      EXIT.notAsDeclared,
    );
  }
  if (!isWhole) {
    throw new Problem(
      'BASELINE-EDITED',
      `${where}:${json.lineOf(['hash'])}: was changed by hand: its hash does not fit`,
      'only `workbench gate --accept` writes it; after a merge conflict, accept anew',
      EXIT.notAsDeclared,
    );
  }
  return parsed.data;
}

/** Line of an entry of the rendered file, from 1; 1 where there is none. */
export function lineInBaseline(text: string, path: readonly PropertyKey[]): number {
  const json = readJson(text);
  return 'message' in json ? 1 : json.lineOf(path);
}

/** The command that makes the file anew. */
export const ACCEPT = 'workbench verify && workbench gate --accept';

/** How the file is named in messages about one commit. */
export const baselineAt = (commit: string): string => `${BASELINE_FILE} of ${commit.slice(0, 10)}`;
