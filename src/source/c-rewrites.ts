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
