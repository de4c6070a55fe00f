/**
 * Results by the hash of everything they depend on. Contract: what is found is byte for byte what was kept under that
 * key; a damaged entry is said once and counts as none; a cache that cannot be read or written only costs time.
 */
import { rmSync } from 'node:fs';
import type { Reused } from '../../domain/reused.js';
import { decodeEntry, encodeEntry, type Entry } from './entry.js';
import {
  besidePath,
  describeFile,
  entryPath,
  linkOrCopy,
  markUsed,
  readIfThere,
  writeWhole,
} from './entry-files.js';
import { trimResults } from './eviction.js';
import { readLimit, resultFolder } from './place.js';

/** What is kept: an engine run, the processes of a smoke test, what handlers reach, what a parser read. */
export type ResultKind = 'run' | 'smoke' | 'handlers' | 'outline' | 'anchors' | 'formulas' | 'actions';

export interface FoundResult extends Reused {
  /** Lines of JSON, as they were kept. */
  parts: string[];
}

export interface KeptResult extends Reused {
  parts: string[];
  /** Files that belong to it, absolute. */
  files: string[];
}

export interface ResultCache {
  /**
   * The result kept under a key, with its files put to the first of `targets`, in the order they were kept in. Undefined
   * where there is none, or not all of it is as it was.
   * @param name what it is a result of, for the line that is said where it is damaged
   */
  find: (kind: ResultKind, key: string, name: string, targets?: readonly string[]) => FoundResult | undefined;
  keep: (kind: ResultKind, key: string, result: KeptResult) => void;
  /** Evicts what no longer fits. Called once, when nothing more is kept. */
  close: () => void;
}

export interface CacheOptions {
  env?: NodeJS.ProcessEnv;
  /** Finds nothing, and keeps what is shown anew. */
  fresh?: boolean;
  limitBytes?: number;
  /** Told what is damaged, and why nothing can be kept. */
  onNote?: (line: string) => void;
  now?: () => number;
}

/** Whatever stands there: a folder in the place of a file would stay for ever. */
function remove(paths: readonly string[]): void {
  for (const path of paths) rmSync(path, { force: true, recursive: true });
}

export function openResultCache(options: CacheOptions = {}): ResultCache {
  const env = options.env ?? process.env;
  const now = options.now ?? Date.now;
  const folder = resultFolder(env);
  const limit = options.limitBytes ?? readLimit(env);
  let kept = 0;
  let unwritable = false;

  const damaged = (path: string, name: string, damage: string): void => {
    remove([path]);
    options.onNote?.(`cache: the entry of ${name} is damaged (${damage}); not used`);
  };

  /** Puts the files in place first and reads them there: nobody can take them away any more. */
  const place = (entry: Entry, kind: string, key: string, targets: readonly string[]): string => {
    if (entry.head.files.length > targets.length) return 'it has other files';
    for (const [i, wanted] of entry.head.files.entries()) {
      const target = targets[i] ?? '';
      linkOrCopy(besidePath(folder, kind, key, wanted.sha256), target);
      if (describeFile(target).sha256 !== wanted.sha256) return 'a file of it is not what was stored';
    }
    return '';
  };

  const withdraw = (entry: Entry, kind: string, key: string, targets: readonly string[]): void => {
    remove([...targets, ...entry.head.files.map(({ sha256 }) => besidePath(folder, kind, key, sha256))]);
  };

  return {
    find: (kind, key, name, targets = []) => {
      if (options.fresh === true || limit === 0) return undefined;
      const path = entryPath(folder, kind, key);
      let entry: Entry | { damage: string } | undefined;
      try {
        const bytes = readIfThere(path);
        if (bytes === undefined) return undefined;
        entry = decodeEntry(bytes, kind, key);
        if ('damage' in entry) {
          damaged(path, name, entry.damage);
          return;
        }
        const damage = place(entry, kind, key, targets);
        if (damage !== '') {
          withdraw(entry, kind, key, targets);
          damaged(path, name, damage);
          return;
        }
        markUsed(path, now());
        return { from: entry.head.from, at: entry.head.at, parts: entry.parts };
      } catch (error) {
        remove(targets);
        const code = (error as NodeJS.ErrnoException).code ?? String(error);
        // Evicted meanwhile: it will be shown anew.
        if (code === 'ENOENT') return undefined;
        // No file stands there, or one that nobody can read: nothing could be kept in its place.
        try {
          if (entry && 'head' in entry) withdraw(entry, kind, key, targets);
          damaged(path, name, code);
        } catch {
          // Not ours to remove either; the first attempt to keep something says so.
        }
        return undefined;
      }
    },
    keep: (kind, key, { from, at, parts, files }) => {
      if (unwritable || limit === 0) return;
      try {
        const facts = files.map(describeFile);
        for (const [i, file] of files.entries())
          linkOrCopy(file, besidePath(folder, kind, key, facts[i]?.sha256 ?? ''));
        writeWhole(
          entryPath(folder, kind, key),
          encodeEntry({ head: { kind, key, from, at, files: facts }, parts }),
        );
        kept += 1;
      } catch (error) {
        unwritable = true;
        const code = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
        options.onNote?.(`cache: results cannot be kept in ${folder} (${code})`);
      }
    },
    close: () => {
      if (kept > 0 && !unwritable) trimResults(folder, limit, now());
      kept = 0;
    },
  };
}

/** Keeps nothing and finds nothing. */
export const NO_CACHE: ResultCache = {
  find: () => undefined,
  keep: () => undefined,
  close: () => undefined,
};
