/** The files that declare what must be shown, by content: a record says under which declarations its verdicts were made. */
import { join } from 'node:path';
import { glob } from 'tinyglobby';
import { isFolder, readTextIfThere, sha256 } from '../host/files.js';
import type { LoadedModule } from '../project/loaded-module.js';
import { PROJECT_FILE, type Project } from '../project/project.js';

/** workbench.json, the manifests of the modules, smoke tests and the list of allowed functions; sorted, those that exist. */
export async function hashDeclared(
  project: Project,
  modules: LoadedModule[],
): Promise<{ path: string; sha256: string }[]> {
  const { native, root } = project;
  const paths = [
    PROJECT_FILE,
    ...modules.flatMap((m) => (m.manifestRel === undefined ? [] : [m.manifestRel])),
    ...(native === undefined ? [] : await listSmokeFiles(root, native.smoke)),
    ...(native?.reachability === undefined ? [] : [native.reachability.allowed]),
  ];
  const read = await Promise.all(
    [...new Set(paths)].sort().map(async (path) => ({ path, text: await readTextIfThere(join(root, path)) })),
  );
  return read.flatMap(({ path, text }) => (text === undefined ? [] : [{ path, sha256: sha256(text) }]));
}

async function listSmokeFiles(root: string, place: string): Promise<string[]> {
  if (!(await isFolder(join(root, place)))) return [place];
  const found = await glob('**/*.json', { cwd: join(root, place), expandDirectories: false });
  return found.map((file) => `${place}/${file}`);
}
