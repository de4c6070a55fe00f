/**
 * Files, hashes and canonical JSON. Contract: a file written here is either the old one or the whole new one, at any
 * moment and after a power cut; equal values have equal canonical JSON.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { EXIT, Problem } from '../domain/problem.js';
import { writeCanonical } from './canonical-json.js';

/** Writes a file by way of a temporary one beside it, flushed before it takes the name. Folders are made. */
export async function writeFileAtomic(path: string, data: string | Uint8Array, mode = 0o644): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    const file = await open(temporary, 'wx', mode);
    try {
      await file.writeFile(data);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** sha256 of a text (UTF-8) or of bytes, in hex. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** sha256 of a file, read in pieces. */
export async function sha256File(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** sha256 of a value's canonical JSON. */
export function sha256Json(value: unknown): string {
  return sha256(canonicalJson(value));
}

/** JSON with sorted keys and no blanks; keys whose value is undefined are left out, as in JSON.stringify. */
export function canonicalJson(value: unknown): string {
  const text = writeCanonical(value);
  if (text === undefined) throw new Error('canonicalJson: not a JSON value');
  return text;
}

/** Whether a folder is there under this path. */
export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** Whether something exists at a path and can be seen. */
export const exists = (path: string): Promise<boolean> => Promise.resolve(existsSync(path));

/**
 * Reads a text file; `undefined` when there is none. Any other failure is the caller's environment. What is small is read at
 * once: by way of the event loop it takes ten times as long.
 */
export const readTextIfThere = (path: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    resolve(readSmallText(path));
  });

function readSmallText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new Problem(
      'FILE-UNREADABLE',
      `${path}: cannot be read (${code ?? 'unknown reason'})`,
      'make the file readable',
      EXIT.environment,
    );
  }
}

/** Parses JSON; a Problem names file and line. */
export function parseJson(text: string, shown: string): unknown {
  try {
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text) as unknown;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Problem(
      'JSON-SYNTAX',
      `${shown}:${findLine(text, message)}: not JSON: ${(message.split('\n')[0] ?? '').slice(0, 120)}`,
      'correct the file; JSON allows no comments and no comma after the last element',
    );
  }
}

/** V8 names the position, or for a text that just ends, nothing: then it is the last line. */
function findLine(text: string, message: string): number {
  const line = /line (\d+)/.exec(message)?.[1];
  if (line !== undefined) return Number(line);
  const position = /position (\d+)/.exec(message)?.[1];
  const before = position === undefined ? text.trimEnd() : text.slice(0, Number(position));
  return before.split('\n').length;
}
