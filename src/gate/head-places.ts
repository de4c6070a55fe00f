/** Where in manifests, specs, configurations and workbench.json everything stands that a change may speak of. */
import { join } from 'node:path';
import type { Place } from '../domain/claim.js';
import { readTextIfThere } from '../host/files.js';
import { readJson, type JsonText } from '../project/json-text.js';
import type { LoadedModule } from '../project/loaded-module.js';
import { PROJECT_FILE, type Project } from '../project/project.js';
import { flattenOutlines } from '../source/outline.js';
import { keyOf } from './places.js';

/** A JSON file with its lines; undefined where it cannot be read. */
export async function readLines(root: string, path: string): Promise<JsonText | undefined> {
  const json = readJson((await readTextIfThere(join(root, path))) ?? '');
  return 'message' in json ? undefined : json;
}

/** Places of a module's claims, models, steps, definitions and of the lines of its configurations. */
export async function placeModule(
  root: string,
  module: LoadedModule,
  places: Map<string, Place>,
): Promise<void> {
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
    if (model.workbench?.observed !== undefined)
      put(keyOf.observed(model.path), 'models', i, 'workbench', 'observed');
  });
  (module.declared.workbench?.protectiveSteps ?? []).forEach(({ step }, i) => {
    put(keyOf.step(module.name, step), 'workbench', 'protectiveSteps', i);
  });
  for (const outline of flattenOutlines(module.outlines).reverse())
    for (const { name, line } of outline.definitions)
      for (const key of [name, `${outline.module}!${name}`])
        places.set(keyOf.definition(module.name, key), { path: outline.file, line });
  for (const { file } of module.outlines) places.set(keyOf.file(file), { path: file, line: 1 });
  module.declared.workbench?.accepted?.forEach(({ finding, name }, i) => {
    put(keyOf.accepted(module.name, `${finding} ${name}`), 'workbench', 'accepted', i);
  });
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

/** Places in workbench.json. */
export async function placeProject(project: Project, places: Map<string, Place>): Promise<void> {
  const json = await readLines(project.root, PROJECT_FILE);
  project.assumptions.forEach(({ id }, i) => {
    const line = json?.lineOf(['assumptions', i]) ?? 1;
    places.set(keyOf.assumption(id), { path: PROJECT_FILE, line });
  });
  const put = (key: string, ...at: PropertyKey[]): void => {
    places.set(keyOf.requirement(key), { path: PROJECT_FILE, line: json?.lineOf(at) ?? 1 });
  };
  for (const key of ['requiredRung', 'specs', 'leftOut', 'assumptions']) put(key, key);
  for (const key of ['fewerStates', 'codeWithoutSpec', 'specWithoutCode']) put(key, 'gate', key);
  for (const [i, { path }] of project.leftOut.entries()) put(`leftOut ${path}`, 'leftOut', i);
  put('native', 'native');
  put('covered', 'native', 'covered');
  put('handlers', 'native', 'reachability');
  put('library', 'native', 'libraries');
}
