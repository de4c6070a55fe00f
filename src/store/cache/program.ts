/**
 * What a reading is made by: this program's own files. Contract: equal hashes, equal code of the named parts, so that a
 * new release never serves what an older one read.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sha256 } from '../../host/files.js';

/** In the package this file is dist/store/cache/, in the sources src/store/cache/: the parts lie at the same place for both. */
const PROGRAM = fileURLToPath(new URL('../../', import.meta.url));

const known = new Map<string, string>();

/** Hash over the files of some folders of the program; each is read once a process. */
export function hashProgram(parts: readonly string[], program = PROGRAM): string {
  return sha256(parts.map((part) => `${part} ${hashFolder(join(program, part))}\n`).join(''));
}

function hashFolder(folder: string): string {
  const before = known.get(folder);
  if (before !== undefined) return before;
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const code = names.filter((name) => /\.[cm]?[jt]sx?$/.test(name) && !name.endsWith('.d.ts'));
  const hash = sha256(code.map((name) => `${name} ${sha256(readFileSync(join(folder, name)))}\n`).join(''));
  known.set(folder, hash);
  return hash;
}
