/** The native side of the work tree: what is asked of it, its functions with their code, what its smoke tests expect. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Baseline, BaselineFunction } from '../domain/baseline.js';
import type { Place } from '../domain/claim.js';
import { allowListSchema } from '../domain/reachability.js';
import type { AnchorMap } from '../domain/run-record.js';
import { canonicalJson, readTextIfThere, sha256File, sha256Json } from '../host/files.js';
import { hashSources } from '../native/build-sources.js';
import { listSources } from '../native/reachability/compile.js';
import { readJson } from '../project/json-text.js';
import type { Project } from '../project/project.js';
import { readAnchors } from '../source/anchors.js';
import { codeOfFile } from '../source/file-code.js';
import { hashFunctions } from '../source/function-code.js';
import { readLines } from './head-places.js';
import { keyOf } from './places.js';

export type Hashed = { path: string; sha256: string };

export type DeclaredNative = Pick<
  NonNullable<Baseline['native']>,
  'inputs' | 'text' | 'functions' | 'requires' | 'allows'
>;
export type DeclaredSmoke = Pick<NonNullable<Baseline['native']>['smoke'][number], 'asserts' | 'text'>;

/** `a.b 1` for each value that is no object, by its path; lists of texts have a line an element. */
function flatten(value: unknown, path: string): string[] {
  if (Array.isArray(value)) return value.map((item) => `${path} ${textOf(item)}`);
  if (typeof value !== 'object' || value === null) return [`${path} ${textOf(value)}`];
  return Object.entries(value).flatMap(([key, member]) => flatten(member, `${path}.${key}`));
}
const textOf = (value: unknown): string => (typeof value === 'string' ? value : canonicalJson(value));

interface SmokeEntry {
  name?: string;
  claims?: unknown;
  what?: unknown;
  [key: string]: unknown;
}

/** What each smoke test expects, and a hash of all else that it starts. Any of its lines is an expectation less when it goes. */
export async function readSmoke(
  { root, native }: Project,
  declared: Hashed[],
  places: Map<string, Place>,
): Promise<Map<string, DeclaredSmoke>> {
  const tests = new Map<string, DeclaredSmoke>();
  if (native === undefined) return tests;
  for (const { path } of declared.filter((f) => f.path === native.smoke || isBelow(f.path, native.smoke))) {
    const json = await readLines(root, path);
    const listed = (json?.value as { tests?: unknown } | undefined)?.tests;
    if (!Array.isArray(listed)) continue;
    places.set(keyOf.smokeFile, { path, line: 1 });
    listed.forEach((test: SmokeEntry, i) => {
      if (test.name === undefined) return;
      places.set(keyOf.smoke(test.name), { path, line: json?.lineOf(['tests', i]) ?? 1 });
      tests.set(test.name, describeSmoke(test));
    });
  }
  return tests;
}

const isBelow = (path: string, folder: string): boolean => path.startsWith(`${folder}/`);

function describeSmoke({ claims: _claims, what: _what, name: _name, ...started }: SmokeEntry): DeclaredSmoke {
  const sides = ['with', 'without'].map((side) => {
    const { expect, ...run } = (started[side] ?? {}) as { expect?: Record<string, unknown> };
    const asserts = Object.entries(expect ?? {}).flatMap(([key, value]) =>
      key === 'report' ? flatten(value, `${side} report`) : [`${side} ${key} ${textOf(value)}`],
    );
    return { side, run, asserts };
  });
  const runs = Object.fromEntries(sides.map(({ side, run }) => [side, run]));
  return {
    asserts: sides.flatMap((s) => s.asserts).sort(),
    text: sha256Json({ ...started, ...runs }).slice(0, 16),
  };
}

/** @param ignored files of the native folder that are no part of what is compared */
export async function readNative(
  project: Project,
  { declared, ignored }: { declared: Hashed[]; ignored: ReadonlySet<string> },
  places: Map<string, Place>,
): Promise<{ declared: DeclaredNative; anchors: AnchorMap; files: Hashed[] } | null> {
  const { root, native } = project;
  if (native === undefined) return null;
  const anchors = await readAnchors(root, native.covered);
  const reachable = native.reachability ? await listSources(root, native.reachability.files) : [];
  const hashed = [
    ...(await hashSources(root, native.root)).filter(({ path }) => !ignored.has(path)),
    ...anchors.sources,
    ...(await Promise.all(
      reachable.map(async (path) => ({ path, sha256: await sha256File(join(root, path)) })),
    )),
  ];
  const own = [native.smoke, native.reachability?.allowed].filter((path) => path !== undefined);
  const tests = declared.filter(({ path }) => own.some((o) => path === o || isBelow(path, o)));
  const files = [...new Map([...hashed, ...tests].map((f) => [f.path, f])).values()].sort((a, b) =>
    a.path < b.path ? -1 : 1,
  );
  const functions: BaselineFunction[] = [];
  for (const { path } of anchors.sources) {
    const text = await readFile(join(root, path), 'utf8');
    places.set(keyOf.file(path), { path, line: 1 });
    const codes = await hashFunctions(path, text);
    const here = anchors.functions.filter((f) => f.path === path);
    here.forEach(({ name, line, claims, unmodelled }, i) => {
      places.set(keyOf.function(path, name), { path, line });
      functions.push({
        name,
        path,
        claims: [...claims].sort(),
        ...(unmodelled === undefined ? {} : { unmodelled }),
        code: codes[i] ?? '',
      });
    });
  }
  const requires = requiresOf(native);
  const allows = await readAllowed(project, places);
  const inputs = sha256Json({ files, native });
  const said = await Promise.all(
    files.map(async ({ path }) => [path, codeOfFile(path, await readFile(join(root, path), 'utf8'))]),
  );
  const text = sha256Json({ said: said.filter(([, code]) => code !== ''), native });
  return { declared: { inputs, text, functions, requires, allows }, anchors, files };
}

/** What workbench.json asks of native code: with one line less, less is looked at. */
function requiresOf({ covered, reachability, libraries }: NonNullable<Project['native']>): string[] {
  return [
    ...covered.map((path) => `covered ${path}`),
    ...(reachability?.files ?? []).map((path) => `handlers ${path}`),
    ...(libraries ?? []).flatMap(({ name, ...asked }) => flatten(asked, `library.${name}`)),
  ].sort();
}

/** Functions that handlers may reach and what a person has judged: with one line more, less is found. */
async function readAllowed({ root, native }: Project, places: Map<string, Place>): Promise<string[]> {
  const path = native?.reachability?.allowed;
  if (path === undefined) return [];
  const json = readJson((await readTextIfThere(join(root, path))) ?? '');
  const list = 'message' in json ? undefined : allowListSchema.safeParse(json.value).data;
  if (list === undefined || 'message' in json) return [];
  const safe = list.safe.flatMap(({ names }, i) =>
    names.map((name): [string, PropertyKey[]] => [name, ['safe', i, 'names', names.indexOf(name)]]),
  );
  const judged = list.exceptions.map((e, i): [string, PropertyKey[]] => [
    `${e.kind} in ${e.function}, ${e.count} of them`,
    ['exceptions', i],
  ]);
  for (const [name, at] of [...safe, ...judged])
    places.set(keyOf.allowed(name), { path, line: json.lineOf(at) });
  return [...new Set([...safe, ...judged].map(([name]) => name))].sort();
}
