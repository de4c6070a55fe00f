/**
 * Reads the work tree as the gate needs it: what is declared, where it stands, and the hashes that evidence must fit.
 * Nothing is run here. The only file of the gate that reads files.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Baseline, BaselineFunction, Policy } from '../domain/baseline.js';
import type { Place } from '../domain/claim.js';
import type { AnchorMap } from '../domain/run-record.js';
import { foldClaimMap } from '../evidence/claim-map.js';
import { readTextIfThere, sha256, sha256File, sha256Json } from '../host/files.js';
import { hashSources } from '../native/build-sources.js';
import { listSources } from '../native/reachability/compile.js';
import { readJson, type JsonText } from '../project/json-text.js';
import type { LoadedModule } from '../project/loaded-module.js';
import { PROJECT_FILE, type Project } from '../project/project.js';
import { readAnchors } from '../source/anchors.js';
import { hashFunctions } from '../source/function-code.js';
import { flattenOutlines } from '../source/outline.js';
import { readNormalForms } from '../source/tla-normal.js';
import { describeModule, type DeclaredModule } from './module-facts.js';
import { keyOf, type Places } from './places.js';

type Hashed = { path: string; sha256: string };

export interface Head {
  modules: DeclaredModule[];
  native: { inputs: string; functions: BaselineFunction[] } | null;
  /** Hash of each smoke test's declaration, by its name. */
  smoke: ReadonlyMap<string, string>;
  assumptions: Baseline['assumptions'];
  policy: Policy;
  places: Places;
  anchors: AnchorMap | null;
  /** By content, what a record must have been made of. */
  files: {
    /** Of each module's closure, by the module's path. */
    closures: ReadonlyMap<string, Hashed[]>;
    /** workbench.json, manifests, smoke tests, lists. */
    declared: Hashed[];
    native: Hashed[];
    /** Files beside them that git ignores: of this machine, and no part of what is compared. */
    ignored: ReadonlySet<string>;
  };
}

/**
 * @param declared files that declare what must be shown, by content
 * @param ignored files of the native folder that git ignores
 */
export async function readHead(
  project: Project,
  modules: readonly LoadedModule[],
  declared: Hashed[],
  ignored: ReadonlySet<string> = new Set(),
): Promise<Head> {
  const places = new Map<string, Place>();
  const closures = new Map<string, Hashed[]>();
  const described: DeclaredModule[] = [];
  for (const module of modules) {
    const sources = await Promise.all(
      module.outlines.map(async ({ file }) => {
        const bytes = await readFile(join(project.root, file));
        return {
          path: file,
          sha256: sha256(bytes),
          forms: await readNormalForms(bytes.toString('utf8'), file),
        };
      }),
    );
    closures.set(
      module.fileRel,
      sources.map(({ path, sha256: hash }) => ({ path, sha256: hash })),
    );
    const configs = new Map(module.models.map((m) => [m.id, sha256(m.configText)]));
    described.push(describeModule(module, { files: sources, configs }));
    await placeModule(project.root, module, places);
  }
  await placeAssumptions(project, places);
  const smoke = await readSmoke(project.root, declared, places);
  const native = await readNative(project, { declared, ignored }, places);
  return {
    modules: described,
    native: native && { inputs: native.inputs, functions: native.functions },
    smoke,
    assumptions: project.assumptions.map(({ id, statement, owner }) => ({
      id,
      statement,
      ...(owner === undefined ? {} : { owner }),
    })),
    policy: {
      requiredRung: project.requiredRung,
      fewerStates: project.gate.fewerStates ?? 0,
      codeWithoutSpec: project.gate.codeWithoutSpec ?? 'note',
      specWithoutCode: project.gate.specWithoutCode ?? 'note',
    },
    places,
    anchors: native && { ...native.anchors, faults: foldClaimMap(modules, native.anchors).faults },
    files: { closures, declared, native: native?.files ?? [], ignored },
  };
}

async function readLines(root: string, path: string): Promise<JsonText | undefined> {
  const json = readJson((await readTextIfThere(join(root, path))) ?? '');
  return 'message' in json ? undefined : json;
}

async function placeModule(root: string, module: LoadedModule, places: Map<string, Place>): Promise<void> {
  const path = module.manifestRel ?? module.fileRel;
  const json = module.manifestRel === undefined ? undefined : await readLines(root, module.manifestRel);
  const entries = ((json?.value as { modules?: { path: string }[] } | undefined)?.modules ?? []).map(
    (m) => m.path,
  );
  const base = ['modules', entries.indexOf(module.declared.path)];
  const put = (key: string, ...at: PropertyKey[]): void => {
    places.set(key, { path, line: json?.lineOf([...base, ...at]) ?? 1 });
  };
  put(keyOf.module(module.name));
  for (const name of Object.keys(module.claims))
    put(keyOf.claim(`${module.name}!${name}`), 'workbench', 'claims', name);
  module.declared.models.forEach((model, i) => {
    put(keyOf.model(model.path), 'models', i);
  });
  (module.declared.workbench?.protectiveSteps ?? []).forEach(({ step }, i) => {
    put(keyOf.step(module.name, step), 'workbench', 'protectiveSteps', i);
  });
  for (const outline of flattenOutlines(module.outlines).reverse())
    for (const { name, line } of outline.definitions)
      places.set(keyOf.definition(module.name, name), { path: outline.file, line });
  for (const { id, config } of module.models) {
    const at = (what: string, line: number): void => {
      places.set(keyOf.config(id, what), { path: id, line: Math.max(1, line) });
    };
    at('', 1);
    for (const c of config.constants) at(`constant ${c.name}`, c.line);
    for (const p of [...config.invariants, ...config.properties]) at(`property ${p.name}`, p.line);
    for (const r of config.symmetry) at(`reduction SYMMETRY ${r.name}`, r.line);
    for (const r of config.view) at(`reduction VIEW ${r.name}`, r.line);
    for (const r of config.constraints) at(`reduction CONSTRAINT ${r.name}`, r.line);
    for (const r of config.actionConstraints) at(`reduction ACTION_CONSTRAINT ${r.name}`, r.line);
    for (const c of config.constants) at(`reduction SUBSTITUTION ${c.name}`, c.line);
    at('behaviour', (config.specification ?? config.init ?? config.next)?.line ?? 1);
    if (config.checkDeadlock !== undefined) at('deadlock', config.checkDeadlock.line);
  }
}

async function placeAssumptions(project: Project, places: Map<string, Place>): Promise<void> {
  const json = await readLines(project.root, PROJECT_FILE);
  project.assumptions.forEach(({ id }, i) => {
    const line = json?.lineOf(['assumptions', i]) ?? 1;
    places.set(keyOf.assumption(id), { path: PROJECT_FILE, line });
  });
  for (const key of ['requiredRung', 'fewerStates', 'codeWithoutSpec', 'specWithoutCode']) {
    const line = json?.lineOf(key === 'requiredRung' ? [key] : ['gate', key]) ?? 1;
    places.set(keyOf.requirement(key), { path: PROJECT_FILE, line });
  }
}

async function readSmoke(
  root: string,
  declared: Hashed[],
  places: Map<string, Place>,
): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const { path } of declared) {
    const json = await readLines(root, path);
    const tests = (json?.value as { tests?: unknown } | undefined)?.tests;
    if (!Array.isArray(tests)) continue;
    tests.forEach((test: { name?: string }, i) => {
      if (test.name === undefined) return;
      places.set(keyOf.smoke(test.name), { path, line: json?.lineOf(['tests', i]) ?? 1 });
      texts.set(test.name, sha256Json(test).slice(0, 16));
    });
  }
  return texts;
}

async function readNative(
  { root, native }: Project,
  { declared, ignored }: { declared: Hashed[]; ignored: ReadonlySet<string> },
  places: Map<string, Place>,
): Promise<(NonNullable<Head['native']> & { anchors: AnchorMap; files: Hashed[] }) | null> {
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
  const tests = declared.filter(({ path }) => own.some((o) => path === o || path.startsWith(`${o}/`)));
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
  return { inputs: sha256Json({ files, native }), functions, anchors, files };
}
