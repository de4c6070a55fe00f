/** Functions of Java text: methods, constructors, initializers, and fields that hold a lambda. Pure. */
import type { FoundFunction, ReadSource } from './found-functions.js';

export function scanJava(masked: string, pairs: Map<number, number>): Omit<ReadSource, 'dead'> {
  const result: Omit<ReadSource, 'dead'> = { functions: [], faults: [] };
  scanBody(masked, 0, masked.length, '', pairs, result);
  return result;
}

/** Reads the members between two offsets of a file or a type's body. */
function scanBody(
  masked: string,
  from: number,
  to: number,
  type: string,
  pairs: Map<number, number>,
  into: Omit<ReadSource, 'dead'>,
): void {
  let headStart = from;
  for (let at = from; at < to; at += 1) {
    const character = masked[at] ?? '';
    if (character === '(' || character === '[') {
      at = pairs.get(at) ?? to;
      continue;
    }
    if (character !== ';' && character !== '{' && character !== ',') continue;
    // A comma parts the constants of an enum; in any other place it says nothing.
    if (character === ',') {
      if (/^\s*(?:(?:@\w+\s*)*\w+\s*(?:\([^]*\))?\s*)?$/.test(masked.slice(headStart, at)))
        headStart = at + 1;
      continue;
    }
    const head = masked.slice(headStart, at);
    const start = headStart + head.length - head.trimStart().length;
    const plain = withoutAnnotations(head, headStart, pairs);
    const add = (name: string, nameOffset: number, end: number): void => {
      into.functions.push({ name, nameOffset, start, bodyStart: at, end } satisfies FoundFunction);
    };
    if (/->/.test(head)) {
      // A lambda, in braces or not: the field's whole statement is the function.
      let end = at;
      while (end < to && masked[end] !== ';')
        end = ('({['.includes(masked[end] ?? ' ') ? (pairs.get(end) ?? to) : end) + 1;
      const name = /(\w+)\s*=/.exec(plain)?.[1] ?? 'lambda';
      add(name, headStart + Math.max(0, head.search(new RegExp(`\\b${name}\\b`))), end + 1);
      at = end;
    } else if (character === '{') {
      const close = pairs.get(at) ?? to;
      const declared = /\b(?:class|interface|enum|record)\s+(\w+)/.exec(plain)?.[1];
      const method = /^\s*((?:[^()=]*[\s>\]])?)(\w+)\s*\(/.exec(plain);
      const words = plain.trim();
      // `int[] value() default {};` is an annotation's element.
      if (/\)\s*default\s*$/.test(plain)) headStart = at + 1;
      else if (declared !== undefined) scanBody(masked, at + 1, close, declared, pairs, into);
      else if (/=/.test(plain)) {
        // An array is data; an anonymous class has methods.
        if (/\bnew\s+[\w.<>, ?]+\s*\([^]*\)\s*$/.test(plain))
          scanBody(masked, at + 1, close, '', pairs, into);
      } else if (method?.[2] !== undefined && (method[1]?.trim() !== '' || method[2] === type)) {
        const nameOffset = headStart + head.search(new RegExp(`\\b${method[2]}\\s*\\(`));
        add(type === '' ? method[2] : `${type}.${method[2]}`, nameOffset, close + 1);
      } else if (words === '' || words === 'static')
        add(`${type}.${words} initializer`.replace('. ', '.').replace(/^\./, ''), start, close + 1);
      else if (words.replace(/^(?:public|protected|private)\s+/, '') === type)
        add(`${type}.${type}`, start, close + 1);
      else if (/^\w+(?:\s*\([^]*\))?$/.test(words))
        scanBody(masked, at + 1, close, words.replace(/\W[^]*$/, ''), pairs, into);
      else {
        const message = `cannot be scanned for functions here: ${words.split('\n')[0]?.slice(0, 60) ?? ''}`;
        into.faults.push({ offset: start, message });
      }
      at = close;
    }
    headStart = at + 1;
  }
}

/** The head of a member with its annotations blanked. */
function withoutAnnotations(head: string, offset: number, pairs: Map<number, number>): string {
  let result = head;
  for (const match of head.matchAll(/@(?!interface\b)[\w.]+\s*(\()?/g)) {
    const open = offset + match.index + match[0].length - 1;
    const end =
      match[1] === undefined ? match.index + match[0].length : (pairs.get(open) ?? open) - offset + 1;
    result = result.slice(0, match.index) + ' '.repeat(end - match.index) + result.slice(end);
  }
  return result.replace(/@interface/, ' interface');
}
