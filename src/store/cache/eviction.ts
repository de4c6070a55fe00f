/**
 * Keeps the cache of results within its size: what was used least recently goes first. Contract: safe beside other
 * workbenches that read, write or evict; an entry goes before what lies beside it, so that half an entry is none.
 */
import { readdirSync, rmSync, statSync, type Dirent } from 'node:fs';
import { join } from 'node:path';

/** One entry with all that lies beside it. */
export interface Stored {
  key: string;
  bytes: number;
  /** When it was used last, in milliseconds since 1970. */
  used: number;
}

/** The keys to remove, so that the rest fits into the limit: the least recently used, and no more than it takes. Pure. */
export function chooseEvicted(stored: readonly Stored[], limitBytes: number): string[] {
  let total = stored.reduce((sum, { bytes }) => sum + bytes, 0);
  const evicted: string[] = [];
  const oldest = [...stored].sort((a, b) => a.used - b.used || (a.key < b.key ? -1 : 1));
  for (const { key, bytes } of oldest) {
    if (total <= limitBytes) break;
    evicted.push(key);
    total -= bytes;
  }
  return evicted;
}

/** What nobody names for so long was left by a workbench that was killed. */
const LEFT_BEHIND_MILLISECONDS = 3_600_000;

interface Found extends Stored {
  /** The entry first. */
  paths: string[];
}

/** Evicts until the folder fits; returns how many entries went. */
export function trimResults(folder: string, limitBytes: number, now: number): number {
  const found = list(folder, now);
  const evicted = new Set(chooseEvicted(found, limitBytes));
  for (const { key, paths } of found)
    if (evicted.has(key)) for (const path of paths) rmSync(path, { force: true });
  return evicted.size;
}

function list(folder: string, now: number): Found[] {
  const found = new Map<string, Found>();
  const beside: { key: string; path: string; bytes: number; changed: number }[] = [];
  for (const path of walk(folder)) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const facts = statIfThere(path);
    if (facts === undefined) continue;
    const key = /^([0-9a-f]{64})(\.json|-[0-9a-f]{16}\.file)$/.exec(name);
    if (key === null) {
      if (now - facts.ctimeMs > LEFT_BEHIND_MILLISECONDS) rmSync(path, { force: true });
      continue;
    }
    const [, digits = '', ending] = key;
    const id = path.slice(0, path.lastIndexOf('/') + 1) + digits;
    if (ending === '.json') found.set(id, { key: id, bytes: facts.size, used: facts.mtimeMs, paths: [path] });
    else beside.push({ key: id, path, bytes: facts.size, changed: facts.ctimeMs });
  }
  for (const { key, path, bytes, changed } of beside) {
    const owner = found.get(key);
    if (owner !== undefined) {
      owner.paths.push(path);
      owner.bytes += bytes;
    } else if (now - changed > LEFT_BEHIND_MILLISECONDS) rmSync(path, { force: true });
  }
  return [...found.values()];
}

function walk(folder: string): string[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries.flatMap((e) => (e.isDirectory() ? walk(join(folder, e.name)) : [join(folder, e.name)]));
}

function statIfThere(path: string): { size: number; mtimeMs: number; ctimeMs: number } | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
