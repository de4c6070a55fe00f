/**
 * Walks a repository for modules, configurations and manifests. Contract: nothing generated is found (TLC's states and
 * trace modules, the Toolbox's copies, packages, hidden folders, our own runs), no link to a folder is followed, and
 * what cannot be read is listed and never left out in silence.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

export interface Entry {
  name: string;
  kind: 'file' | 'folder' | 'other';
}

/** What stands in a folder; rejects with a system error. */
export type ReadFolder = (path: string) => Promise<Entry[]>;

export interface FoundFiles {
  /** All paths relative to the root, with `/`, sorted. */
  modules: string[];
  configs: string[];
  manifests: string[];
  unreadable: { path: string; reason: string }[];
  /** Folders of TLC's Toolbox: what it writes there is made from settings that stand nowhere else. */
  toolboxes: string[];
}

const readFolderOnDisk: ReadFolder = async (path) =>
  (await readdir(path, { withFileTypes: true })).map((entry) => ({
    name: entry.name,
    // A link to a file is looked at as a file; whether it leads out of the repository is checked where it is read.
    kind: entry.isDirectory() ? 'folder' : entry.isFile() || entry.isSymbolicLink() ? 'file' : 'other',
  }));

/** Whether a folder holds what programs made: neither `init` nor `check` looks there. */
function isGenerated(folder: string, name: string): boolean {
  return (
    name.startsWith('.') ||
    name === 'node_modules' ||
    name === 'states' ||
    name.endsWith('.toolbox') ||
    (folder === '' && name === 'runs')
  );
}

/** Every file below `root` that `init` may have to do with. */
export async function findFiles(
  root: string,
  readFolder: ReadFolder = readFolderOnDisk,
): Promise<FoundFiles> {
  const found: FoundFiles = { modules: [], configs: [], manifests: [], unreadable: [], toolboxes: [] };
  const waiting = [''];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    let entries: Entry[];
    try {
      entries = await readFolder(join(root, folder));
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code ?? String(error);
      found.unreadable.push({ path: folder === '' ? '.' : folder, reason });
      continue;
    }
    for (const { name, kind } of entries) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (kind === 'folder' && !isGenerated(folder, name)) waiting.push(path);
      if (kind === 'folder' && name.endsWith('.toolbox')) found.toolboxes.push(path);
      if (kind !== 'file' || name.startsWith('.') || name.includes('_TTrace_')) continue;
      if (name.endsWith('.tla')) found.modules.push(path);
      else if (name.endsWith('.cfg')) found.configs.push(path);
      else if (name === 'manifest.json') found.manifests.push(path);
    }
  }
  found.modules.sort();
  found.configs.sort();
  found.manifests.sort();
  found.toolboxes.sort();
  found.unreadable.sort((a, b) => (a.path < b.path ? -1 : 1));
  return found;
}
