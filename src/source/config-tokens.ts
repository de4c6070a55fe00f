/**
 * Cuts a TLC configuration into tokens with their lines. Comments are `\*` to the end of the line and `(* *)`, nested.
 * Knows nothing of statements; config-file.ts does.
 */
import { Problem } from '../domain/problem.js';

export interface Token {
  kind: 'name' | 'number' | 'string' | 'mark' | 'end';
  text: string;
  line: number;
}

const NAME = /[A-Za-z0-9_]*[A-Za-z_][A-Za-z0-9_]*/y;
const NUMBER = /[0-9]+/y;
const STRING = /"(?:[^"\\\n]|\\.)*"/y;
// The last alternative takes any one character, so that every text is covered.
const MARK = /<-|<<|>>|\.\.|\|->|[^]/uy;

/** Tokens of `text`, ending with one of kind `end`. Throws CFG-COMMENT or CFG-STRING on one that is never closed. */
export function readTokens(text: string, path: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let line = 1;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(text)?.[0];
    if (match !== undefined) at += match.length;
    return match;
  };
  while (at < text.length) {
    const char = text[at] ?? '';
    if (char === '\n') line += 1;
    if (/\s|\uFEFF/.test(char)) {
      at += 1;
    } else if (text.startsWith('\\*', at)) {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    } else if (text.startsWith('(*', at)) {
      const end = endOfComment(text, at);
      if (end === undefined) {
        throw new Problem('CFG-COMMENT', `${path}:${line}: the comment is never closed`, 'add *)');
      }
      line += text.slice(at, end).split('\n').length - 1;
      at = end;
    } else {
      const found = takeToken(take, line);
      if (found.kind === 'mark' && found.text === '"') {
        throw new Problem(
          'CFG-STRING',
          `${path}:${line}: the string is never closed`,
          'add " on the same line',
        );
      }
      tokens.push(found);
    }
  }
  tokens.push({ kind: 'end', text: '', line });
  return tokens;
}

function takeToken(take: (pattern: RegExp) => string | undefined, line: number): Token {
  const name = take(NAME);
  if (name !== undefined) return { kind: 'name', text: name, line };
  const number = take(NUMBER);
  if (number !== undefined) return { kind: 'number', text: number, line };
  const string = take(STRING);
  if (string !== undefined) return { kind: 'string', text: string, line };
  return { kind: 'mark', text: take(MARK) ?? '', line };
}

function endOfComment(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text.startsWith('(*', at)) {
      depth += 1;
      at += 1;
    } else if (text.startsWith('*)', at)) {
      depth -= 1;
      at += 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}
