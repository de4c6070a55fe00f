/**
 * The modules of a run with their content. Contract: what was hashed is what the engine gets to read, whatever happens to
 * the files between the two.
 */
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { sha256 } from '../host/files.js';

export interface ModuleFile {
  /** The file, absolute; of a generated module its name alone. */
  path: string;
  /** File name in the folder of the run. */
  name: string;
  bytes: Uint8Array;
  sha256: string;
}

interface Known {
  facts: string;
  readAt: number;
  file: ModuleFile;
}

const known = new Map<string, Known>();
/** A file written within a clock's tick before it was read may have been written once more. */
const TICK_MILLISECONDS = 2000;

/** A file's content; read once a process, as long as the file system shows it unchanged. */
function readOnce(path: string): ModuleFile {
  const { dev, ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
  const facts = [dev, ino, size, mtimeNs, ctimeNs].join(' ');
  const before = known.get(path);
  const settled = Number(ctimeNs / 1_000_000n) + TICK_MILLISECONDS;
  if (before?.facts === facts && before.readAt > settled) return before.file;
  const readAt = Date.now();
  const bytes = readFileSync(path);
  const file = { path, name: basename(path), bytes, sha256: sha256(bytes) };
  known.set(path, { facts, readAt, file });
  return file;
}

/** Every module that is put into the folder of a run, those of its closure first. */
export function readModules(job: {
  closure: string[];
  generated: { name: string; text: string }[];
}): ModuleFile[] {
  const generated = job.generated.map(({ name, text }) => {
    const bytes = Buffer.from(text);
    return { path: name, name: `${name}.tla`, bytes, sha256: sha256(bytes) };
  });
  return [...job.closure.map(readOnce), ...generated];
}

/**
 * The first file that the parser took from anywhere but the folder of the run and the jar; undefined where there is none.
 * @param log what the engine said
 * @param folder the folder of the run
 * @param names the files that were put there
 */
export function findStrayModule(log: string, folder: string, names: ReadonlySet<string>): string | undefined {
  const own = basename(folder);
  return [...log.matchAll(/^Parsing file (.*)$/gm)]
    .map((match) => (match[1] ?? '').trim())
    .find((path) => {
      if (path.startsWith('jar:')) return false;
      const [parent = '', name = ''] = path.split(/[\\/]/).slice(-2);
      const [grandparent = ''] = path.split(/[\\/]/).slice(-3);
      // TLC unpacks its own modules into the temp folder of the run.
      return !((parent === own && names.has(name)) || (parent === 'tmp' && grandparent === own));
    });
}
