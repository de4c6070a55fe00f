/** Finds a repository's root and reads its workbench.json; every key has a default, so that the file may be absent. */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, posix, resolve } from 'node:path';
import { Problem } from '../domain/problem.js';
import {
  projectSchema,
  type Assumption,
  type LibraryExpectation,
  type ProjectFile,
} from '../domain/project.js';
import type { ReachabilityConfig } from '../domain/reachability.js';
import { isInside } from './paths.js';
import { readChecked } from './schema-errors.js';

export const PROJECT_FILE = 'workbench.json';

export interface Project {
  /** Absolute. */
  root: string;
  /** Whether there is a workbench.json. */
  configured: boolean;
  /** Folder with one folder per module, relative to the root. */
  specs: string;
  /** Where modules are looked for that are not beside the spec, relative to the root. */
  moduleFolders: string[];
  /** What below `specs` is not read, and why. */
  leftOut: { path: string; reason: string }[];
  native?: {
    root: string;
    covered: string[];
    smoke: string;
    libraries?: LibraryExpectation[] | undefined;
    reachability?: (ReachabilityConfig & { allowed: string }) | undefined;
  };
  assumptions: Assumption[];
  requiredRung: number;
  budgets: NonNullable<ProjectFile['budgets']>;
  gate: NonNullable<ProjectFile['gate']>;
  jar?: NonNullable<ProjectFile['jar']>;
}

/** The nearest folder from `cwd` upwards with a workbench.json, else with .git or specs/, else `cwd` itself. */
export function findRoot(cwd: string): string {
  const folders: string[] = [];
  for (let at = resolve(cwd); ; at = dirname(at)) {
    folders.push(at);
    if (dirname(at) === at) break;
  }
  return (
    folders.find((folder) => existsSync(join(folder, PROJECT_FILE))) ??
    folders.find((folder) => existsSync(join(folder, '.git')) || existsSync(join(folder, 'specs'))) ??
    resolve(cwd)
  );
}

/** Reads workbench.json; throws its first problem. */
export function loadProject(root: string): Project {
  const { project, problems } = readProject(root);
  const first = problems[0];
  if (first !== undefined) throw first;
  return project;
}

/** Reads workbench.json with all its problems; where there are some, the defaults stand in. */
export function readProject(root: string): { project: Project; problems: Problem[] } {
  const file = join(root, PROJECT_FILE);
  const configured = existsSync(file);
  if (!configured) return { project: withDefaults(root, {}, false), problems: [] };
  const read = readChecked(readFileSync(file, 'utf8'), PROJECT_FILE, projectSchema, 'PROJECT');
  if (read.value === undefined) return { project: withDefaults(root, {}, true), problems: read.problems };
  const project = withDefaults(root, read.value, true);
  return { project, problems: [...findOutsidePaths(project), ...findTwice(project.assumptions)] };
}

function withDefaults(root: string, file: ProjectFile, configured: boolean): Project {
  const { native } = file;
  return {
    root: resolve(root),
    configured,
    specs: file.specs ?? findSpecs(root),
    moduleFolders: file.moduleFolders ?? [],
    leftOut: file.leftOut ?? [],
    ...(native === undefined
      ? {}
      : {
          native: {
            ...native,
            root: spellPlainly(native.root),
            smoke: native.smoke ?? posix.join(native.root, 'smoke/tests.json'),
            reachability: native.reachability && {
              ...native.reachability,
              allowed: native.reachability.allowed ?? posix.join(native.root, 'async-signal-safe.json'),
            },
          },
        }),
    assumptions: file.assumptions ?? [],
    requiredRung: file.requiredRung ?? 1,
    budgets: file.budgets ?? {},
    gate: file.gate ?? {},
    ...(file.jar === undefined ? {} : { jar: file.jar }),
  };
}

/** Without `./` before it and `/` behind it; the repository itself is `.`. */
function spellPlainly(folder: string): string {
  const plain = posix.normalize(folder);
  return plain.length > 1 && plain.endsWith('/') ? plain.slice(0, -1) : plain;
}

/** The community's Examples keep their modules in `specifications`. */
function findSpecs(root: string): string {
  const isThere = (folder: string): boolean => existsSync(join(root, folder));
  return !isThere('specs') && isThere('specifications') ? 'specifications' : 'specs';
}

function findOutsidePaths(project: Project): Problem[] {
  const { native } = project;
  const paths: [string, string][] = [
    ['specs', project.specs],
    ...project.moduleFolders.map((path, i): [string, string] => [`moduleFolders[${i}]`, path]),
    ...(native === undefined
      ? []
      : ([
          ['native.root', native.root],
          ['native.smoke', native.smoke],
          ...pathsOf(native.reachability),
          ...native.covered.map((path, i): [string, string] => [`native.covered[${i}]`, path]),
        ] satisfies [string, string][])),
  ];
  // What is left out is never read: a link that leads out may be named there, and has to be.
  const left = project.leftOut.map(({ path }, i): [string, string] => [`leftOut[${i}].path`, path]);
  return [
    ...paths.filter(([, path]) => !staysInside(project.root, path)),
    ...left.filter(([, path]) => !isNamedInside(project.root, path)),
  ].map(
    ([key, path]) =>
      new Problem(
        'PATH-OUTSIDE',
        `${PROJECT_FILE}: ${key}: ${path} leads out of the repository`,
        'paths are relative to the repository root',
      ),
  );
}

function pathsOf(reachability: NonNullable<Project['native']>['reachability']): [string, string][] {
  if (reachability === undefined) return [];
  const files = reachability.files.map((path, i): [string, string] => [
    `native.reachability.files[${i}]`,
    path,
  ]);
  return [...files, ['native.reachability.allowed', reachability.allowed]];
}

const isNamedInside = (root: string, path: string): boolean =>
  !path.startsWith('/') && isInside(root, resolve(root, path));

function staysInside(root: string, path: string): boolean {
  if (!isNamedInside(root, path)) return false;
  const full = resolve(root, path);
  return !existsSync(full) || isInside(realpathSync.native(root), realpathSync.native(full));
}

function findTwice(assumptions: readonly Assumption[]): Problem[] {
  const ids = assumptions.map(({ id }) => id);
  return [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))].map(
    (id) =>
      new Problem(
        'ASSUMPTION-TWICE',
        `${PROJECT_FILE}: assumptions: ${id} stands there twice`,
        'give each assumption an id of its own',
      ),
  );
}
