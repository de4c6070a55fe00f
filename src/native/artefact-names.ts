/** How a program or library of a build is named: by its file name, or by its path in the build folder. Pure. */
import { basename } from 'node:path';

/** The artefact that a name means: the path itself, or the only file of that name. A text says why there is none. */
export function findArtefact(
  name: string,
  paths: readonly string[],
): { path: string } | { obstacle: string } {
  if (paths.includes(name)) return { path: name };
  const found = paths.filter((path) => basename(path) === name);
  const [path, ...others] = found;
  if (path === undefined) return { obstacle: `builds no ${name}` };
  if (others.length > 0) {
    return { obstacle: `builds several ${name}: ${found.join(', ')}; give one with its folder` };
  }
  return { path };
}

/** Whether an artefact is the shared form of the library `name`. */
export function isSharedLibrary(path: string, name: string): boolean {
  return [`lib${name}.so`, `lib${name}.dylib`].includes(basename(path));
}
