/**
 * A file outside of the repository as the file system knows it: reading every compiler and header would take longer than
 * it is worth. Contract: another answer for another content, also where its size and its date were put back.
 */
import { realpathSync, statSync } from 'node:fs';

/** Undefined where no file stands there. A link is the file that it leads to. */
export function describeOutside(path: string): string | undefined {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (found?.isFile() !== true) return undefined;
  // The time of change cannot be set by a program.
  return [realpathSync.native(path), found.ino, found.size, found.mtimeNs, found.ctimeNs].join(' ');
}
