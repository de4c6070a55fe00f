/**
 * Results by the hash of everything they depend on. Contract: what is found is byte for byte what was kept under that
 * key; a damaged entry is said once and counts as none; a cache that cannot be read or written only costs time.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Reused } from '../../domain/reused.js';
import { locateCache } from '../../host/cache-folder.js';
import { decodeEntry, encodeEntry, ENTRY_FORMAT, type Entry } from './entry.js';
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

/** What is kept: an engine run, the processes of a smoke test, what handlers reach, what a parser read. */
export type ResultKind = 'run' | 'smoke' | 'handlers' | 'outline' | 'anchors' | 'formulas';

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

export const DEFAULT_LIMIT_MB = 500;

export interface CacheOptions {
  env?: NodeJS.ProcessEnv;
  /** Finds nothing, and keeps what is shown anew. */
  fresh?: boolean;
  limitBytes?: number;
  /** Told what is damaged, and why nothing can be kept. */
  onNote?: (line: string) => void;
  now?: () => number;
}

/** Megabytes from TLA_WORKBENCH_CACHE_MB; 0 keeps and finds nothing. */
function readLimit(env: NodeJS.ProcessEnv): number {
  const text = env.TLA_WORKBENCH_CACHE_MB ?? '';
  const megabytes = text === '' ? DEFAULT_LIMIT_MB : Number(text);
  return (Number.isFinite(megabytes) && megabytes >= 0 ? megabytes : DEFAULT_LIMIT_MB) * 1024 * 1024;
}

export function resultFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(locateCache(env), 'results', `v${ENTRY_FORMAT}`);
}

export function openResultCache(options: CacheOptions = {}): ResultCache {
  const env = options.env ?? process.env;
  const now = options.now ?? Date.now;
  const folder = resultFolder(env);
  const limit = options.limitBytes ?? readLimit(env);
  let kept = 0;
  let unwritable = false;

  const damaged = (path: string, name: string, damage: string): undefined => {
    options.onNote?.(`cache: the entry of ${name} is damaged (${damage}); not used`);
    rmSync(path, { force: true });
    return undefined;
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
    const beside = entry.head.files.map(({ sha256 }) => besidePath(folder, kind, key, sha256));
    for (const path of [...targets, ...beside]) rmSync(path, { force: true });
  };

  return {
    find: (kind, key, name, targets = []) => {
      if (options.fresh === true || limit === 0) return undefined;
      const path = entryPath(folder, kind, key);
      try {
        const bytes = readIfThere(path);
        if (bytes === undefined) return undefined;
        const entry = decodeEntry(bytes, kind, key);
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
      } catch {
        // Evicted meanwhile, or not ours to read: it will be shown anew.
        for (const target of targets) rmSync(target, { force: true });
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
