/** Functions of Rust text: `fn` with a body, closures in statics, and macros that write functions. Pure. */
import type { FoundFunction, ReadSource } from './found-functions.js';

export function scanRust(masked: string, pairs: Map<number, number>): Omit<ReadSource, 'dead'> {
  const functions: FoundFunction[] = [];
  const candidates =
    /\bfn\s+((?:r#)?\w+)|\bmacro_rules!\s*(\w+)|\b(?:static|const)\s+(?:mut\s+)?(\w+)\s*:[^;=]*=(?=(?:[^;]*?[=(,])?\s*(?:move\s*)?\|)/g;
  let end = 0;
  for (const match of masked.matchAll(candidates)) {
    if (match.index < end) continue;
    const [whole, name, macro, closure] = match;
    const start = startOfItem(masked, match.index);
    const place = (word: string): number => match.index + whole.indexOf(word, 2);
    if (macro !== undefined) {
      const open = match.index + whole.length + masked.slice(match.index + whole.length).search(/[({[]/);
      end = (pairs.get(open) ?? open) + 1;
      if (!/\bfn\b/.test(masked.slice(open, end))) continue;
      functions.push({ name: `${macro}!`, nameOffset: place(macro), start, bodyStart: open, end });
    } else if (closure !== undefined) {
      end = endOfStatement(masked, match.index + whole.length, pairs);
      functions.push({
        name: closure,
        nameOffset: place(closure),
        start,
        bodyStart: match.index + whole.length,
        end,
      });
    } else if (name !== undefined) {
      const body = findBody(masked, match.index + whole.length, pairs);
      if (body === undefined) continue;
      end = (pairs.get(body) ?? body) + 1;
      functions.push({ name, nameOffset: place(name), start, bodyStart: body, end });
    }
  }
  return { functions, faults: [] };
}

/** Offset behind the semicolon that ends a statement. */
function endOfStatement(masked: string, from: number, pairs: Map<number, number>): number {
  let at = from;
  while (at < masked.length && masked[at] !== ';') at = (pairs.get(at) ?? at) + 1;
  return at + 1;
}

/** Offset of the body's brace; a semicolon before it makes it a declaration. */
function findBody(masked: string, from: number, pairs: Map<number, number>): number | undefined {
  for (let at = from; at < masked.length; at += 1) {
    const character = masked[at];
    if (character === '(' || character === '[') at = pairs.get(at) ?? masked.length;
    else if (character === ';') return undefined;
    else if (character === '{') {
      // `Array<{ N }>`: a constant in the type, and not the body. A list of bounds may end in a comma.
      const head = masked.slice(from, at);
      if (!/[<,]\s*$/.test(head) || (/\bwhere\b/.test(head) && /,\s*$/.test(head))) return at;
      at = pairs.get(at) ?? masked.length;
    }
  }
  return undefined;
}

/** Back over `pub unsafe extern "C"` and the attributes in front of it. */
function startOfItem(masked: string, at: number): number {
  const words = /(?:\b(?:pub|async|unsafe|const|extern|default)\b(?:\s*\([^()]*\))?\s*)+$/;
  const before = masked.slice(0, at);
  let start = words.exec(before)?.index ?? at;
  for (;;) {
    const attribute = /#\[[^[\]]*(?:\[[^[\]]*\][^[\]]*)*\]\s*$/.exec(masked.slice(0, start));
    if (attribute === null) return start;
    start = attribute.index;
  }
}
