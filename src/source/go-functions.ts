/** Functions of Go text: `func` declarations with a body, and function literals outside of any function. Pure. */
import type { FoundFunction, ReadSource } from './found-functions.js';

export function scanGo(masked: string, pairs: Map<number, number>): Omit<ReadSource, 'dead'> {
  const functions: FoundFunction[] = [];
  let end = 0;
  for (const match of masked.matchAll(/\bfunc\b[ \t]*/g)) {
    if (match.index < end) continue;
    const head = /(\([^()]*\))?\s*(?:(\w+)\s*)?(?=[[(])/y;
    head.lastIndex = match.index + match[0].length;
    // `func (r T) Name(` has a receiver; `func(a int) {` is a literal, whose first bracket holds its parameters.
    const named = head.exec(masked);
    const name = named?.[2];
    const parameters = name === undefined ? masked.indexOf('(', match.index) : head.lastIndex;
    const body = findBody(masked, parameters, pairs);
    if (body === undefined) continue;
    const lineStart = masked.lastIndexOf('\n', match.index) + 1;
    const line = masked.slice(lineStart, match.index);
    const assigned = /(\w+)[^\w]*(?:[:=]|:=)[^=]*$/.exec(line);
    const start = name === undefined ? lineStart + line.length - line.trimStart().length : match.index;
    end = (pairs.get(body) ?? body) + 1;
    const before = functions.at(-1);
    if (name === undefined && before?.start === start) {
      // Several literals on one line are one function.
      before.end = end;
      continue;
    }
    functions.push({
      name: name === undefined ? (assigned?.[1] ?? 'function literal') : receiver(named?.[1]) + name,
      nameOffset:
        name === undefined ? start : masked.indexOf(name, match.index + 4 + (named?.[1]?.length ?? 0)),
      start,
      bodyStart: body,
      end,
    });
  }
  return { functions, faults: [] };
}

function receiver(text: string | undefined): string {
  const type = text === undefined ? undefined : /(\w+)\s*(?:\[[^\]]*\])?\s*\)$/.exec(text)?.[1];
  return type === undefined ? '' : `${type}.`;
}

/** Offset of the body's brace; a line that ends before it has none (a declaration, or a type). */
function findBody(masked: string, from: number, pairs: Map<number, number>): number | undefined {
  let at = from;
  while (at < masked.length) {
    const character = masked[at] ?? '';
    if (character === '(' || character === '[') at = pairs.get(at) ?? masked.length;
    else if (character === '{') {
      if (!/\b(?:interface|struct)\s*$/.test(masked.slice(0, at))) return at;
      at = pairs.get(at) ?? masked.length;
    } else if ('\n=,)}'.includes(character)) return undefined;
    at += 1;
  }
  return undefined;
}
