/** Paths that users write in files: relative to the repository root, with `/`, and never out of it. */
import { existsSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, posix, relative, resolve, sep, win32 } from 'node:path';

/** A path as it is shown and stored: relative to the root, with `/`. */
export function toRelative(root: string, file: string): string {
  return relative(root, file).split(sep).join(posix.sep);
}

/** Whether `file` lies in `folder` (or is it), by text alone. */
export function isInside(folder: string, file: string): boolean {
  const path = relative(folder, file);
  return path === '' || (path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path));
}

/** The file a user's path names, or why it cannot be used. */
export function resolveInside(
  root: string,
  path: string,
): { file: string } | { fault: string; hint: string } {
  const outside = {
    fault: `${path} leads out of the repository`,
    hint: 'paths are relative to the repository root',
  };
  if (isAbsolute(path) || win32.isAbsolute(path)) {
    return { fault: `${path} is an absolute path`, hint: 'paths are relative to the repository root' };
  }
  const file = resolve(root, path);
  if (!isInside(root, file)) return outside;
  if (!existsSync(file))
    return { fault: `${path} does not exist`, hint: 'correct the path, or add the file' };
  if (!isInside(realpathSync.native(root), realpathSync.native(file))) {
    return {
      fault: `${path} is a link that leads out of the repository`,
      hint: 'copy the file into the repository',
    };
  }
  if (!statSync(file).isFile()) return { fault: `${path} is not a file`, hint: 'name a file' };
  return { file };
}
