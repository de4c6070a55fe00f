/**
 * Rewrites C++ text, keeping every offset, where the grammar would stumble over what says nothing about functions:
 * macro words, attributes behind a declarator, dialect inside bodies. Pure.
 */
import { blank, pairBrackets } from './lexical-spans.js';

/** Comments are gone already; a parse keeps strings, brace pairing must not see them. */
export function blankLiterals(text: string): string {
  return text.replace(/"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])+'/g, (literal) =>
    literal.replace(/[^\n]/g, ' '),
  );
}

/** Blanks words that only a macro explains: `API void f()`, `ATTR(x) void f()`. Names of functions stay. */
export function withoutMacroWords(text: string): string {
  return text.replace(/\b[A-Z][A-Z0-9_]{2,}(?:[ \t]*\([^()\n]*\))?(?=\s+(?:\[\[|[A-Za-z_]))/g, (word) =>
    word.replace(/[^\n]/g, ' '),
  );
}

/** Attributes between a variable and its value say nothing about functions, and the grammar does not know them there. */
export function withoutTrailingAttributes(text: string): string {
  const trailing = /(?<=[\])\w]\s*)__attribute__\s*\(\((?:[^()]|\([^()]*\))*\)\)(?=\s*[=;,])/g;
  return text.replace(trailing, (attribute) => attribute.replace(/[^\n]/g, ' '));
}

/** `typedef NS_ENUM(NSInteger, Kind) {…}` as the plain enum that it is. */
export function withoutEnumMacros(text: string): string {
  const macro = /\btypedef\s+(?:NS|CF)_(?:CLOSED_)?(?:ENUM|OPTIONS)\s*\(\s*\w+\s*,\s*(\w+)\s*\)/g;
  return text.replace(macro, (whole: string, name: string) => {
    const lines = whole.split('\n').length - 1;
    const words = `enum ${name}`;
    return words + ' '.repeat(whole.length - words.length - lines) + '\n'.repeat(lines);
  });
}

/** Deduction guides, `Ring(T) -> Ring<T>;`, lose their result: the grammar knows none. */
export function withoutGuides(text: string): string {
  const guide = /(\b(\w+)[ \t]*\((?:[^(){};]|\([^(){};]*\))*\)\s*)(->\s*\2\b[^(){};]*)(?=;)/g;
  return text.replace(
    guide,
    (_whole, head: string, _name, result: string) => head + result.replace(/[^\n]/g, ' '),
  );
}

/** `template class Ring<int>;` instantiates, and defines no function that is written here. */
export function withoutInstantiations(text: string): string {
  return text.replace(/(?<=(?:^|[;{}])\s*)(?:extern\s+)?template\s+(?!<)[^;{}]*(?=;)/g, (instantiation) =>
    instantiation.replace(/[^\n]/g, ' '),
  );
}

/** Parameters declared between head and body, as before ANSI C: `int f(a) int a; {`. */
export function withoutOldParameters(text: string): string {
  const old =
    /(\b\w+\s*\(\s*\w+(?:\s*,\s*\w+)*\s*\)\s*)((?:[A-Za-z_][\w \t\n*,[\]]*(?:\([^(){};]*\))*;\s*)+)(?=\{)/g;
  return text.replace(old, (whole, head: string, declared: string) =>
    /\b(?:if|while|for|switch|return)\s*\($/.test(head.slice(0, head.indexOf('(') + 1))
      ? whole
      : head + declared.replace(/[^\n]/g, ' '),
  );
}

/** Empties what stands in braces behind a parameter list: dialect inside a body is no reason to miss its function. */
export function withoutBodies(text: string): string {
  const masked = blankLiterals(text);
  const bodies: { start: number; end: number }[] = [];
  for (const [open, close] of [...pairBrackets(masked)].sort(([a], [b]) => a - b)) {
    if (masked[open] !== '{' || open < (bodies.at(-1)?.end ?? 0)) continue;
    const head = /[^;{}]*$/.exec(masked.slice(Math.max(0, open - 2000), open))?.[0] ?? '';
    if (!/\)\s*(?:const|noexcept|override|final|volatile|&&?|\s)*$/.test(head)) continue;
    if (/\b(?:class|struct|union|enum|namespace|extern)\b/.test(head)) continue;
    bodies.push({ start: open + 1, end: close });
  }
  return blank(text, bodies);
}
