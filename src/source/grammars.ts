/**
 * Loads tree-sitter grammars and parses with a deadline. The only importer of web-tree-sitter's runtime.
 * A grammar is looked up in `dist/grammars` beside the compiled program, then in node_modules (a run from sources).
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';
import type * as TreeSitter from 'web-tree-sitter';
import { EXIT, Problem } from '../domain/problem.js';
import { programFile } from '../host/program-files.js';

export type GrammarName = 'tlaplus' | 'cpp';
export type SyntaxNode = TreeSitter.Node;
export type SyntaxTree = TreeSitter.Tree;
export type Grammar = TreeSitter.Language;

/** Longest time one parse may take, in milliseconds: a grammar can loop on text it was never meant for. */
export const PARSE_DEADLINE_MS = 10_000;

/** Characters handed to the parser at once. */
const PIECE = 128;

const inNodeModules: Record<GrammarName, string> = {
  tlaplus: '@tlaplus/tree-sitter-tlaplus/tree-sitter-tlaplus.wasm',
  cpp: 'tree-sitter-cpp/tree-sitter-cpp.wasm',
};

/** File of a grammar's WebAssembly, or undefined where it is in neither place. */
export function findGrammar(name: GrammarName): string | undefined {
  const packed = programFile(`grammars/tree-sitter-${name}.wasm`);
  if (existsSync(packed)) return packed;
  try {
    return createRequire(import.meta.url).resolve(inNodeModules[name]);
  } catch {
    return undefined;
  }
}

/** The runtime, loaded with the first grammar: where nothing is parsed it is not needed. */
let runtime: typeof TreeSitter | undefined;
let started: Promise<typeof TreeSitter> | undefined;

async function start(): Promise<typeof TreeSitter> {
  const loadedRuntime = await import('web-tree-sitter');
  await loadedRuntime.Parser.init();
  runtime = loadedRuntime;
  return loadedRuntime;
}

const loaded = new Map<GrammarName, Promise<Grammar>>();

/** A grammar, loaded once per process. */
export function loadGrammar(name: GrammarName): Promise<Grammar> {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const loading = load(name);
  loaded.set(name, loading);
  return loading;
}

async function load(name: GrammarName): Promise<Grammar> {
  started ??= start();
  const { Language } = await started;
  const file = findGrammar(name);
  if (file === undefined) {
    throw new Problem(
      'GRAMMAR-MISSING',
      `tree-sitter-${name}.wasm: the grammar is not installed`,
      'install the package again (npm ci, then npm run build)',
      EXIT.environment,
    );
  }
  return Language.load(readFileSync(file));
}

/**
 * Parses `text`, with a deadline.
 * @param file named in the error when the deadline passes
 * @param deadlineMs milliseconds until the parse is given up
 */
export function parseWith(
  grammar: Grammar,
  text: string,
  file: string,
  deadlineMs: number = PARSE_DEADLINE_MS,
): SyntaxTree {
  if (runtime === undefined) throw new Error('parseWith: no grammar was loaded');
  const parser = new runtime.Parser();
  try {
    parser.setLanguage(grammar);
    const end = performance.now() + deadlineMs;
    // The declared type says void, the runtime stops the parse when the callback returns true.
    // The text is handed over in pieces: given whole, the binding copies all of the rest at each of its many steps.
    const piece = (index: number): string | undefined =>
      index < text.length ? text.slice(index, index + PIECE) : undefined;
    const tree = parser.parse(piece, null, { progressCallback: () => performance.now() > end });
    if (tree === null) {
      throw new Problem(
        'PARSE-TIMEOUT',
        `${file}: could not be parsed within ${String(deadlineMs / 1000)} s`,
        'split the file, or leave it out of the covered folders',
        EXIT.wrongInput,
      );
    }
    return tree;
  } finally {
    parser.delete();
  }
}

/** `loadGrammar` and `parseWith` in one step. */
export async function parseText(name: GrammarName, text: string, file: string): Promise<SyntaxTree> {
  return parseWith(await loadGrammar(name), text, file);
}
