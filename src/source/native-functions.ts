/**
 * Lists the functions of one native source file, whatever its language. A file whose functions cannot be listed has
 * faults; an empty list without a fault means that there is no function in it.
 */
import { unreachable } from '../domain/problem.js';
import { readCFamily } from './c-functions.js';
import type { ReadSource } from './found-functions.js';
import { loadGrammar } from './grammars.js';
import { findLexicalSpans, type Dialect, type LexicalSpan } from './lexical-spans.js';
import { scanFunctions } from './scanned-functions.js';
import { scanTypeScript } from './typescript-functions.js';

export interface NativeSource extends ReadSource {
  text: string;
  spans: LexicalSpan[];
}

const dialects: Record<string, Dialect> = {
  c: 'c',
  cc: 'c',
  cpp: 'c',
  cxx: 'c',
  h: 'c',
  hh: 'c',
  hpp: 'c',
  hxx: 'c',
  inl: 'c',
  ipp: 'c',
  tcc: 'c',
  tpp: 'c',
  'c++': 'c',
  'h++': 'c',
  cppm: 'c',
  ixx: 'c',
  m: 'c',
  mm: 'c',
  go: 'go',
  java: 'java',
  py: 'python',
  rs: 'rust',
  ts: 'typescript',
  mts: 'typescript',
  cts: 'typescript',
  tsx: 'typescript',
  js: 'typescript',
  mjs: 'typescript',
  cjs: 'typescript',
  jsx: 'typescript',
};

/** Languages that hold functions and that nothing here reads: covering them would pass them over in silence. */
const unread = new Set([
  's',
  'asm',
  'metal',
  'cu',
  'cl',
  'swift',
  'kt',
  'zig',
  'cs',
  'd',
  'f90',
  'hs',
  'lua',
  'ml',
  'nim',
  'php',
  'rb',
  'scala',
]);

function extensionOf(path: string): string {
  return (/\.([^./]+)$/.exec(path)?.[1] ?? '').toLowerCase();
}

/** Whether a file is source code, read or not. */
export function isNativeSource(path: string): boolean {
  const extension = extensionOf(path);
  return extension in dialects || unread.has(extension);
}

/** How a file's comments and strings are written; undefined where nothing here reads it. */
export const dialectOf = (path: string): Dialect | undefined => dialects[extensionOf(path)];

/** Reads one source file. */
export async function readNativeSource(path: string, text: string): Promise<NativeSource> {
  const dialect = dialectOf(path);
  if (dialect === undefined) {
    const message = `no reader for .${extensionOf(path)} files; move it out of the covered folders`;
    return { text, spans: [], functions: [], dead: [], faults: [{ offset: 0, message }] };
  }
  const spans = findLexicalSpans(text, dialect);
  switch (dialect) {
    case 'c':
      return { text, spans, ...readCFamily(await loadGrammar('cpp'), text, path, spans) };
    case 'typescript':
      return { text, spans, ...scanTypeScript(text, path) };
    case 'go':
    case 'java':
    case 'python':
    case 'rust':
      return { text, spans, ...scanFunctions(text, dialect, spans) };
    default:
      return unreachable(dialect);
  }
}
