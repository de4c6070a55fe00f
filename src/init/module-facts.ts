/** What `init` knows of a module and of a configuration before anything runs. Reads text; touches no disk. */
import { Problem } from '../domain/problem.js';
import type { Outline } from '../source/outline.js';
import { readOutline } from '../source/tla-outline.js';

/** `unchecked`: a translation without the checksums by which TLC sees that it is stale. */
export type PlusCal = 'none' | 'untranslated' | 'unchecked' | 'translated';

export interface ModuleFacts {
  /** Relative to the root, with `/`. */
  path: string;
  /** Its folder; `''` is the root. */
  folder: string;
  /** The file's name without `.tla`, by which TLC looks it up. */
  name: string;
  text: string;
  outline: Outline;
  plusCal: PlusCal;
}

export interface ConfigFacts {
  path: string;
  folder: string;
  /** The file's name without `.cfg`. */
  stem: string;
  text: string;
}

/** `a/b` of `a/b/C.tla`; `''` of `C.tla`. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

const nameOf = (path: string, extension: string): string =>
  path.slice(path.lastIndexOf('/') + 1, -extension.length);

/** Facts of one module; one that cannot be parsed has an outline with errors. */
export async function readModuleFacts(path: string, text: string): Promise<ModuleFacts> {
  const name = nameOf(path, '.tla');
  const outline = await readOutline(text, path).catch((error: unknown): Outline => {
    if (!(error instanceof Problem)) throw error;
    return unread(path, name, error.message);
  });
  return { path, folder: folderOf(path), name, text, outline, plusCal: readPlusCal(text) };
}

/** Facts of one configuration. */
export function readConfigFacts(path: string, text: string): ConfigFacts {
  return { path, folder: folderOf(path), stem: nameOf(path, '.cfg'), text };
}

function unread(file: string, module: string, message: string): Outline {
  const none = { extends: [], instances: [], constants: [], variables: [], assumptions: [], theorems: [] };
  return {
    ...{ file, module, line: 1, ...none, recursive: [], definitions: [], nested: [] },
    errors: [{ line: 1, message }],
  };
}

/** What a module's text says of a PlusCal algorithm and its translation. */
export function readPlusCal(text: string): PlusCal {
  if (!/--(?:fair[ \t]+)?algorithm\b/.test(text)) return 'none';
  const begin = /^[ \t]*\\\*+[ \t]*BEGIN TRANSLATION\b(.*)$/m.exec(text);
  if (begin === null) return 'untranslated';
  return /chksum\(pcal\)/.test(begin[1] ?? '') ? 'translated' : 'unchecked';
}
