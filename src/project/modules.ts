/**
 * Discovers manifests under the specs folder and resolves them to modules and models. Every problem of every file is
 * collected; a module or model that has one is left out or marked, and nothing is repaired in silence.
 */
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { escapePath, glob } from 'tinyglobby';
import type { ManifestModule } from '../domain/manifest.js';
import { manifestSchema } from '../domain/manifest.js';
import { Problem } from '../domain/problem.js';
import { readConfig } from '../source/config-file.js';
import { inspectModel } from './inspection.js';
import { makeModel, type LoadedModule } from './loaded-module.js';
import { checkManifestModule } from './manifest-checks.js';
import { readClosure } from './module-closure.js';
import { resolveInside, toRelative } from './paths.js';
import type { Project } from './project.js';
import { readChecked } from './schema-errors.js';

export interface LoadedModules {
  modules: LoadedModule[];
  problems: Problem[];
}

/** What holds no specs of people: TLC's states, version control, packages, the Toolbox's copies, our own logs. */
const IGNORED = [
  ...['**/states/**', '**/node_modules/**', '**/.*/**', '**/*_TTrace_*', '**/*.toolbox/**'],
  'runs/**',
];

/** All modules; throws the first problem. Use collectModules to show every one. */
export async function loadModules(project: Project): Promise<LoadedModule[]> {
  const { modules, problems } = await collectModules(project);
  const first = problems[0];
  if (first !== undefined) throw first;
  return modules;
}

/** Modules as a manifest would declare them that is not written yet. */
export async function loadDeclared(
  project: Project,
  manifestRel: string,
  declared: readonly ManifestModule[],
): Promise<LoadedModules> {
  const gathering: Gathering = { modules: [], problems: [], named: new Set() };
  for (const module of declared) await loadModule(project, manifestRel, module, gathering);
  return { modules: gathering.modules, problems: withoutTwins(gathering.problems) };
}

/** Every problem of all manifests, configurations and modules of the project, inspections included. */
export async function collectProblems(project: Project): Promise<Problem[]> {
  const { modules, problems } = await collectModules(project);
  const inspected = modules.flatMap((module) =>
    module.models.flatMap((model) => inspectModel(model, module, module.outlines).problems),
  );
  return withoutTwins([...problems, ...inspected]);
}

/** Two readers may meet the same fault; it is shown once. */
export function withoutTwins(problems: readonly Problem[]): Problem[] {
  return problems.filter((p, i) => problems.findIndex((q) => q.message === p.message) === i);
}

/** What is gathered while manifests are read. */
interface Gathering extends LoadedModules {
  /** Every .cfg that a manifest names, also where it could not be used. */
  named: Set<string>;
}

/** All modules that could be read, and every problem found on the way. */
export async function collectModules(project: Project): Promise<LoadedModules> {
  const left = project.leftOut.flatMap(({ path }) => {
    const pattern = escapePath(path.replace(/\/+$/, ''));
    return [pattern, `${pattern}/**`];
  });
  const options = { cwd: project.root, ignore: [...IGNORED, ...left], followSymbolicLinks: false };
  const manifests = (await glob(`${escapePath(project.specs)}/**/manifest.json`, options)).sort();
  const gathering: Gathering = { modules: [], problems: [], named: new Set() };
  const unread: string[] = [];
  for (const manifestRel of manifests) {
    const text = readFileSync(join(project.root, manifestRel), 'utf8');
    const read = readChecked(text, manifestRel, manifestSchema, 'MANIFEST');
    gathering.problems.push(...read.problems);
    if (read.value === undefined) unread.push(`${dirname(manifestRel)}/`);
    for (const declared of read.value?.modules ?? []) {
      await loadModule(project, manifestRel, declared, gathering);
    }
  }
  const configs = (await glob(`${escapePath(project.specs)}/**/*.cfg`, options)).sort();
  for (const config of configs) {
    // A manifest that cannot be read names nothing: complaining of its folder's files would only add noise.
    if (gathering.named.has(config) || unread.some((folder) => config.startsWith(folder))) continue;
    gathering.problems.push(
      new Problem(
        'CFG-UNNAMED',
        `${config}: no manifest names this configuration`,
        'add a model with this path to the manifest.json of its folder, or delete the file',
      ),
    );
  }
  gathering.problems.push(...findTwice(gathering.modules));
  return { modules: gathering.modules, problems: withoutTwins(gathering.problems) };
}

/**
 * Whether a module comes from elsewhere: no claims of ours rest on it, or its manifest says itself that it needs
 * modules that TLC does not bring. What the pinned engine lacks for it is then no mistake of the user: its models are
 * not run, with the reason, and all others are.
 */
function isForeign(declared: ManifestModule): boolean {
  return (
    (declared.communityDependencies ?? []).length > 0 ||
    Object.keys(declared.workbench?.claims ?? {}).length === 0
  );
}

async function loadModule(
  project: Project,
  manifestRel: string,
  declared: ManifestModule,
  gathering: Gathering,
): Promise<void> {
  for (const { path } of declared.models) gathering.named.add(path);
  const report = (code: string, fault: string, hint: string): void => {
    gathering.problems.push(new Problem(code, `${manifestRel}: ${fault}`, hint));
  };
  const module = resolveInside(project.root, declared.path);
  if ('fault' in module) {
    report('MANIFEST-PATH', `module ${module.fault}`, module.hint);
    return;
  }
  if (!declared.path.endsWith('.tla')) {
    report('MANIFEST-PATH', `module ${declared.path} is not a .tla file`, 'name the module, not a model');
    return;
  }
  const closure = await readClosure(project.root, module.file, project.moduleFolders);
  const lenient = isForeign(declared);
  const absent = lenient ? closure.problems.filter((p) => p.code === 'MODULE-MISSING') : [];
  gathering.problems.push(...closure.problems.filter((p) => !absent.includes(p)));
  const spec: LoadedModule = {
    name: basename(module.file, '.tla'),
    file: module.file,
    fileRel: toRelative(project.root, module.file),
    manifestRel,
    declared,
    claims: declared.workbench?.claims ?? {},
    models: [],
    outlines: closure.outlines,
  };
  for (const entry of declared.models) {
    const config = resolveInside(project.root, entry.path);
    if ('fault' in config) {
      report('MANIFEST-PATH', `model ${config.fault}`, config.hint);
      continue;
    }
    if (!entry.path.endsWith('.cfg')) {
      report(
        'MANIFEST-PATH',
        `model ${entry.path} is not a .cfg file`,
        'a model is named by its configuration',
      );
      continue;
    }
    const id = toRelative(project.root, config.file);
    gathering.named.add(id);
    const text = readFileSync(config.file, 'utf8');
    const read = readConfig(text, id);
    const unknown = lenient ? read.problems.filter((p) => p.code === 'CFG-NOT-IN-ENGINE') : [];
    gathering.problems.push(...read.problems.filter((p) => !unknown.includes(p)));
    if (read.problems.length > unknown.length) continue;
    const model = makeModel(spec, closure.files, entry, { id, text, config: read.config });
    const reason = [
      ...(absent.length > 0 ? [`needs ${closure.missing.join(', ')}, which TLC's jar does not have`] : []),
      ...unknown.map((p) => p.message.slice(id.length + 1).replace(/^(\d+): /, 'line $1: ')),
    ].join('; ');
    spec.models.push(reason === '' ? model : { ...model, unavailable: reason });
  }
  gathering.problems.push(...checkManifestModule(spec, project));
  gathering.modules.push(spec);
}

/** A model's path is its identity, and a claim is named by its module: neither may stand for two things. */
function findTwice(modules: readonly LoadedModule[]): Problem[] {
  const problems: Problem[] = [];
  const models = new Map<string, string>();
  const owners = new Map<string, string>();
  for (const module of modules) {
    const at = module.manifestRel ?? module.fileRel;
    for (const { id } of module.models) {
      if (models.has(id)) {
        const message = `${at}: ${id} is named twice, first in ${models.get(id) ?? at}`;
        problems.push(
          new Problem('MODEL-TWICE', message, 'name each configuration once; copy it for a second model'),
        );
      }
      models.set(id, at);
    }
    if (Object.keys(module.claims).length === 0) continue;
    const other = owners.get(module.name);
    if (other !== undefined) {
      const message = `${at}: two modules named ${module.name} declare claims, the other in ${other}`;
      problems.push(
        new Problem('MODULE-TWICE', message, `rename one: ${module.name}!Claim must mean one thing`),
      );
    }
    owners.set(module.name, at);
  }
  return problems;
}
