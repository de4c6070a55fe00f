/** Where things go: the folder that workbench.json names, the manifest of each module, what must be left out. Pure. */
import type { ManifestModule } from '../domain/manifest.js';
import type { ProjectFile } from '../domain/project.js';
import { PROJECT_FILE } from '../project/project.js';
import type { Discovery, Said } from './discovery.js';
import type { Existing } from './existing.js';
import { folderOf } from './module-facts.js';

/** Folders in which people keep specs: a project with one spec has room for a second. */
const USUAL = new Set(['specs', 'specifications', 'spec', 'tla', 'tlaplus', 'formal', 'models']);

/** The deepest folder that holds all paths, but never below one of the usual names. */
export function findSpecsFolder(paths: readonly string[]): string {
  const folders = paths.map((path) => folderOf(path).split('/'));
  const [first = []] = folders;
  const common = first.filter((_, i) =>
    folders.every((f) => first.slice(0, i + 1).every((p, j) => f[j] === p)),
  );
  const top = common[0] ?? '';
  const found = USUAL.has(top) ? top : common.join('/');
  return found === '' ? '.' : found;
}

/** Whether a path lies in a folder; `.` holds everything. */
export function isBelow(folder: string, path: string): boolean {
  return folder === '.' || path.startsWith(`${folder}/`);
}

/** The file that declares a module, or undefined where a manifest is there already. */
export function manifestFor(module: string, existing: Existing): string | undefined {
  const folder = folderOf(module);
  const inFolder = (path: string): string => (folder === '' ? path : `${folder}/${path}`);
  const usual = inFolder('manifest.json');
  if (existing.kept.includes(usual)) return undefined;
  if (!existing.others.includes(usual)) return usual;
  const second = inFolder('workbench/manifest.json');
  return existing.kept.includes(second) || existing.others.includes(second) ? undefined : second;
}

/** What is to be left out of a new workbench.json, sorted. */
export function findLeftOut(
  specs: string,
  discovery: Discovery,
  existing: Existing,
  further: Said[],
): Said[] {
  const others = existing.others.map((path) => ({ path, reason: 'is no manifest of TLA+ modules' }));
  return [...discovery.leftOut, ...others, ...further]
    .filter(({ path }) => isBelow(specs, path))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The text of a workbench.json. */
export function projectText(specs: string, moduleFolders: string[], leftOut: Said[]): string {
  const file: ProjectFile = {
    specs,
    ...(moduleFolders.length > 0 ? { moduleFolders } : {}),
    ...(leftOut.length > 0 ? { leftOut: leftOut.map(leftOutEntry) } : {}),
  };
  return toText(file);
}

const leftOutEntry = ({ path, reason }: Said): Said => ({ path, reason: `observed: ${reason}` });

/** What a person adds to a workbench.json that is there, as text to be copied: the reason stands in it. */
export const leaveOutByHand = (said: Said): Said => ({
  path: said.path,
  reason: `to leave it out, add under leftOut in ${PROJECT_FILE}: ${JSON.stringify(leftOutEntry(said))}`,
});

/** The text of a manifest. */
export function manifestText(modules: ManifestModule[]): string {
  return toText({ sources: [], authors: [], tags: [], modules });
}

const toText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
