/** Reads what `init` finds in a repository. Contract: every file that cannot be read is listed, and nothing is written. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveInside } from '../project/paths.js';
import type { Said } from './discovery.js';
import { readExisting, type Existing } from './existing.js';
import { findFiles } from './found-files.js';
import { readConfigFacts, readModuleFacts, type ConfigFacts, type ModuleFacts } from './module-facts.js';

export interface Repository {
  modules: ModuleFacts[];
  configs: ConfigFacts[];
  existing: Existing;
  /** Files and folders that could not be read, and links that lead out of the repository. */
  unreadable: Said[];
  /** Folders of TLC's Toolbox. */
  toolboxes: string[];
}

/** All modules, configurations and manifests below `root`. */
export async function readRepository(root: string): Promise<Repository> {
  const found = await findFiles(root);
  const unreadable: Said[] = found.unreadable.map(({ path, reason }) => ({
    path,
    reason: `cannot be read (${reason})`,
  }));
  const textOf = async (path: string): Promise<string | undefined> => {
    const inside = resolveInside(root, path);
    if ('fault' in inside) {
      unreadable.push({ path, reason: inside.fault });
      return undefined;
    }
    try {
      return await readFile(join(root, path), 'utf8');
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
      unreadable.push({ path, reason: `cannot be read (${code})` });
      return undefined;
    }
  };
  const modules: ModuleFacts[] = [];
  for (const path of found.modules) {
    const text = await textOf(path);
    if (text !== undefined) modules.push(await readModuleFacts(path, text));
  }
  const configs: ConfigFacts[] = [];
  for (const path of found.configs) {
    const text = await textOf(path);
    if (text !== undefined) configs.push(readConfigFacts(path, text));
  }
  const manifests: { path: string; text: string }[] = [];
  for (const path of found.manifests) {
    const text = await textOf(path);
    if (text !== undefined) manifests.push({ path, text });
  }
  return { modules, configs, existing: readExisting(manifests), unreadable, toolboxes: found.toolboxes };
}
