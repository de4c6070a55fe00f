/** Which models the user means: a .cfg, a .tla, a folder or a module's name; none means all. */
import { existsSync, statSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import type { Model } from '../domain/model.js';
import { Problem } from '../domain/problem.js';
import type { LoadedModule } from '../project/loaded-module.js';

const withSlashes = (path: string): string => path.split('\\').join('/');

function matchesPath(model: Model, module: LoadedModule, path: string, isFolder: boolean): boolean {
  if (isFolder)
    return path === '' || model.id.startsWith(`${path}/`) || module.fileRel.startsWith(`${path}/`);
  return model.id === path || module.fileRel === path;
}

function matchesName(model: Model, module: LoadedModule, name: string): boolean {
  return module.name === name || basename(model.id) === name || basename(model.id, '.cfg') === name;
}

/** The models that one word selects; an unknown word is a Problem. */
function selectOne(word: string, root: string, modules: LoadedModule[]): Model[] {
  const full = resolve(word);
  const isPath = existsSync(full);
  const path = withSlashes(relative(root, full));
  const isFolder = isPath && statSync(full).isDirectory();
  const found = modules.flatMap((module) =>
    module.models.filter((model) =>
      isPath ? matchesPath(model, module, path, isFolder) : matchesName(model, module, word),
    ),
  );
  if (found.length > 0) return found;
  const names = modules.map((m) => m.name);
  throw new Problem(
    'MODEL-UNKNOWN',
    isPath ? `${word}: no manifest names a model of it` : `${word}: neither a file nor a module or model`,
    names.length > 0 ? `known modules: ${names.join(', ')}` : 'there is no manifest below the specs folder',
  );
}

/** A test for the selected models. */
export function selectModels(
  words: string[],
  root: string,
  modules: LoadedModule[],
): (model: Model) => boolean {
  if (words.length === 0) return () => true;
  const chosen = new Set(words.flatMap((word) => selectOne(word, root, modules)));
  return (model) => chosen.has(model);
}

/** Whether a word names a .tla file that no manifest knows, so that it is checked on its own. */
export function isAdHoc(word: string, root: string, modules: LoadedModule[]): boolean {
  if (!word.endsWith('.tla')) return false;
  const path = withSlashes(relative(root, resolve(word)));
  return !modules.some((m) => m.fileRel === path);
}
