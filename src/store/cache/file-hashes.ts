/**
 * Hashes of large files, remembered by what the file system knows of them. Contract: a file is read again when its size,
 * inode or any of its times is another; one that was written a moment ago is not remembered, since a clock's tick could
 * hide a second write.
 */
import { statSync, type BigIntStats } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { sha256, sha256File } from '../../host/files.js';
import { readIfThere, writeWhole } from './entry-files.js';
import { resultFolder } from './place.js';

/** Coarser than the ticks of any file system that we know. */
const TICK_MILLISECONDS = 2000;
/** Enough for every artefact of some dozens of checkouts. */
const MOST = 5000;

const memorySchema = z.record(z.string(), z.strictObject({ facts: z.string(), sha256: z.string() }));
type Memory = z.infer<typeof memorySchema>;

export interface FileHashes {
  /** sha256 of a file; throws where it cannot be read. */
  hash: (path: string) => Promise<string>;
  /** Writes down what was learnt. */
  close: () => void;
}

/** Everything that changes when a file does; the time of change cannot be set by a program. */
const factsOf = (s: BigIntStats): string => [s.dev, s.ino, s.size, s.mtimeNs, s.ctimeNs].join(' ');

export function openFileHashes(
  options: { env?: NodeJS.ProcessEnv; fresh?: boolean; now?: () => number } = {},
): FileHashes {
  const now = options.now ?? Date.now;
  const file = join(resultFolder(options.env), '..', 'file-hashes.txt');
  const memory = options.fresh === true ? {} : read(file);
  const learnt: Memory = {};
  return {
    hash: async (path) => {
      const facts = factsOf(statSync(path, { bigint: true }));
      const before = memory[path];
      if (before?.facts === facts) return before.sha256;
      const startedAt = now();
      const hash = await sha256File(path);
      const after = statSync(path, { bigint: true });
      const settled = Number(after.ctimeNs / 1_000_000n) < startedAt - TICK_MILLISECONDS;
      if (settled && factsOf(after) === facts) {
        const entry = { facts, sha256: hash };
        memory[path] = entry;
        learnt[path] = entry;
      }
      return hash;
    },
    close: () => {
      if (Object.keys(learnt).length === 0) return;
      // Read again: another workbench may have written meanwhile. The newest stand last.
      const merged = Object.entries({ ...read(file), ...learnt });
      const text = JSON.stringify(Object.fromEntries(merged.slice(-MOST)));
      try {
        writeWhole(file, `${sha256(text)}\n${text}`);
      } catch {
        // It only costs time.
      }
    },
  };
}

function read(file: string): Memory {
  try {
    const text = readIfThere(file)?.toString('utf8') ?? '';
    const body = text.slice(65);
    if (sha256(body) !== text.slice(0, 64)) return {};
    return memorySchema.safeParse(JSON.parse(body)).data ?? {};
  } catch {
    return {};
  }
}
