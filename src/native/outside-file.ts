/**
 * A file outside of the repository as the file system knows it: reading every compiler and header would take longer than
 * it is worth. Contract: another answer for another content, also where its size and its date were put back.
 */
import { lstatSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Undefined where no file stands there. A link is the file that it leads to. */
export function describeOutside(path: string): string | undefined {
  return describeThrough(path, (folder) => realpathSync.native(folder));
}

/** Describes many files that lie in few folders: where each folder leads is asked once, for as long as this is used. */
export function describeMany(): (path: string) => string | undefined {
  const folders = new Map<string, string>();
  return (path) =>
    describeThrough(path, (folder) => {
      const known = folders.get(folder);
      if (known !== undefined) return known;
      const real = realpathSync.native(folder);
      folders.set(folder, real);
      return real;
    });
}

function describeThrough(path: string, realFolder: (folder: string) => string): string | undefined {
  const own = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  const found = own?.isSymbolicLink() ? statSync(path, { bigint: true, throwIfNoEntry: false }) : own;
  if (found?.isFile() !== true) return undefined;
  const real = own?.isSymbolicLink()
    ? realpathSync.native(path)
    : join(realFolder(dirname(path)), basename(path));
  // The time of change cannot be set by a program.
  return [real, found.ino, found.size, found.mtimeNs, found.ctimeNs].join(' ');
}
