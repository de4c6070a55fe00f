/**
 * What a reading is made by: this program's own files. Contract: equal hashes, equal code of the named parts, so that a
 * new release never serves what an older one read.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../host/files.js';
import { programFile } from '../../host/program-files.js';

const known = new Map<string, string>();
let built: { program: string; parts: Record<string, string> | undefined } | undefined;

/** Hash over the folders of the program with these names in src/; each is read once a process. */
export function hashProgram(parts: readonly string[], program = programFile('')): string {
  const hashes = readBuilt(program);
  return sha256(
    parts.map((part) => `${part} ${hashes?.[part] ?? hashFolder(join(program, part))}\n`).join(''),
  );
}

/** Built, the folders are no more: bundle.js wrote their hashes down. */
function readBuilt(program: string): Record<string, string> | undefined {
  if (built === undefined || built.program !== program) {
    const file = join(program, 'parts.json');
    const text = existsSync(file) ? readFileSync(file, 'utf8') : 'null';
    built = { program, parts: (JSON.parse(text) as Record<string, string> | null) ?? undefined };
  }
  return built.parts;
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
