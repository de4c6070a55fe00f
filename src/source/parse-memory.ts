/**
 * What parsers read from a text, made once. Contract: what is recalled is what parsing would make of the same text; without
 * a memory every text is parsed.
 */
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { findGrammar } from './grammars.js';

/** Takes what was made of the same inputs before, or makes it. Inputs and what is made are plain JSON. */
export type Recall = <T>(
  what: 'outline' | 'anchors' | 'formulas' | 'actions',
  inputs: readonly string[],
  make: () => Promise<T>,
) => Promise<T>;

let memory: Recall = (_what, _inputs, make) => make();

/** Sets the memory of this process; the store has one over processes. */
export function rememberParses(recall: Recall): void {
  memory = recall;
}

/** Parses by way of the memory. */
export const recallParse: Recall = (what, inputs, make) => memory(what, inputs, make);

/** What parses besides this program's own code: the grammars and their runtime, by size and date. */
export function describeParsers(): string[] {
  const runtime = createRequire(import.meta.url).resolve('web-tree-sitter');
  return [findGrammar('tlaplus'), findGrammar('cpp'), runtime].map((path) => {
    const found = path === undefined ? undefined : statSync(path, { throwIfNoEntry: false });
    return found === undefined ? 'none' : `${found.size} ${found.mtimeMs}`;
  });
}
