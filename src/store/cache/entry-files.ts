/**
 * The files of the cache of results: `<folder>/<kind>/<2 digits>/<key>.json`, and what belongs to an entry beside it under
 * its own hash. Contract: a name is either absent or whole, whoever writes or removes at the same time.
 */
import { randomUUID } from 'node:crypto';
import {
  constants,
  copyFileSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { sha256 } from '../../host/files.js';

/** An entry is marked as used at most so often: what was used within the hour is not the oldest. */
const MARK_EVERY_MILLISECONDS = 3_600_000;

export interface FileFacts {
  sha256: string;
  bytes: number;
}

export function entryPath(folder: string, kind: string, key: string): string {
  return join(folder, kind, key.slice(0, 2), `${key}.json`);
}

/** What belongs to an entry has its content's hash in its name: two writers at once never mix theirs. */
export function besidePath(folder: string, kind: string, key: string, hash: string): string {
  return join(folder, kind, key.slice(0, 2), `${key}-${hash.slice(0, 16)}.file`);
}

/** The content of a file; undefined where there is none. */
export function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Writes aside and renames. No flush to the disk: what a power cut leaves half written is noticed by its hash. */
export function writeWhole(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/**
 * Gives a file a second name; a copy where the file system has no such thing. A name that is taken is left as it is:
 * among ours, equal names mean equal content.
 */
export function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    if (code === 'ENOENT') {
      // Either of the two; only where the folder was missing is there another chance.
      if (mkdirSync(dirname(to), { recursive: true }) === undefined) throw error;
      linkOrCopy(from, to);
      return;
    }
    const temporary = `${to}.${randomUUID()}.tmp`;
    try {
      copyFileSync(from, temporary, constants.COPYFILE_FICLONE);
      renameSync(temporary, to);
    } catch (failure) {
      rmSync(temporary, { force: true });
      throw failure;
    }
  }
}

export function describeFile(path: string): FileFacts {
  const bytes = readFileSync(path);
  return { sha256: sha256(bytes), bytes: bytes.length };
}

/** Notes that an entry was used now. */
export function markUsed(path: string, now: number): void {
  try {
    if (now - statSync(path).mtimeMs > MARK_EVERY_MILLISECONDS) utimesSync(path, now / 1000, now / 1000);
  } catch {
    // Evicted meanwhile, or not ours to mark: it is only an order of eviction.
  }
}
