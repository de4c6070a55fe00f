/**
 * Functions of languages without a grammar here, by careful rules over text whose comments and strings are blank. A
 * function inside another one belongs to it. What the rules do not cover is a fault with its place.
 */
import { blank, findUnpaired, pairBrackets, type Dialect, type LexicalSpan } from './lexical-spans.js';
import type { ReadSource } from './found-functions.js';
import { scanGo } from './go-functions.js';
import { scanJava } from './java-functions.js';
import { scanPython } from './python-functions.js';
import { scanRust } from './rust-functions.js';

/** Reads one file in `dialect`; `spans` are its comments and strings. */
export function scanFunctions(
  text: string,
  dialect: Exclude<Dialect, 'c' | 'typescript'>,
  spans: readonly LexicalSpan[],
): ReadSource {
  const masked = blank(text, spans);
  const unpaired = findUnpaired(masked);
  if (unpaired !== undefined) {
    const message = `cannot be scanned for functions: bracket ${masked[unpaired] ?? ''} has no partner`;
    return { functions: [], dead: [], faults: [{ offset: unpaired, message }] };
  }
  const read = { go: scanGo, java: scanJava, python: scanPython, rust: scanRust }[dialect];
  return { dead: [], ...read(masked, pairBrackets(masked)) };
}
