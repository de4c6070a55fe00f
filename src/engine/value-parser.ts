/**
 * TLC's printed values to typed, canonical values. Never fails: what is no value of a known kind (a lazy set, a
 * huge interval, a symbol of another module) is kept as `text`. A value may stand on several lines.
 */
import type { Value } from '../domain/behaviour.js';
import { canonicaliseValue } from './values.js';

/** Intervals with more elements than this stay text: a state with `1..1000000` must not become a million objects. */
const LARGEST_INTERVAL = 1000n;

const TOKEN =
  /\s*(?:(?<int>-\s*\d+(?!\w)|\d+(?!\w))|(?<string>"(?:[^"\\]|\\[\s\S])*")|(?<name>\w*[A-Za-z]\w*)|(?<sign><<|>>|\|->|:>|@@|\.\.|[{}[\](),]))/y;

const UNESCAPED: Record<string, string> = { n: '\n', t: '\t', r: '\r', f: '\f' };

type Token = { kind: 'int' | 'string' | 'name' | 'sign'; text: string };

/** The value a text stands for, in canonical form. */
export function parseValue(text: string): Value {
  const tokens = readTokens(text);
  const parser = tokens === undefined ? undefined : { tokens, at: 0 };
  const value = parser === undefined ? undefined : readValue(parser);
  if (value === undefined || parser === undefined || parser.at < parser.tokens.length) {
    return { kind: 'text', value: joinLines(text) };
  }
  return canonicaliseValue(value);
}

interface Parser {
  tokens: Token[];
  at: number;
}

function readTokens(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  const source = text.trimEnd();
  TOKEN.lastIndex = 0;
  let end = 0;
  while (end < source.length) {
    const groups = TOKEN.exec(source)?.groups;
    if (groups === undefined) return undefined;
    end = TOKEN.lastIndex;
    if (groups['int'] !== undefined) tokens.push({ kind: 'int', text: groups['int'].replace(/\s/g, '') });
    else if (groups['string'] !== undefined) tokens.push({ kind: 'string', text: groups['string'] });
    else if (groups['name'] !== undefined) tokens.push({ kind: 'name', text: groups['name'] });
    else tokens.push({ kind: 'sign', text: groups['sign'] ?? '' });
  }
  return tokens;
}

function takeSign(parser: Parser, sign: string): boolean {
  const token = parser.tokens[parser.at];
  if (token?.kind !== 'sign' || token.text !== sign) return false;
  parser.at += 1;
  return true;
}

function readValue(parser: Parser): Value | undefined {
  const token = parser.tokens[parser.at];
  if (token === undefined) return undefined;
  parser.at += 1;
  switch (token.kind) {
    case 'int':
      return readNumber(parser, token.text);
    case 'string':
      return { kind: 'string', value: unquote(token.text) };
    case 'name':
      if (token.text === 'TRUE' || token.text === 'FALSE')
        return { kind: 'bool', value: token.text === 'TRUE' };
      return { kind: 'model', value: token.text };
    case 'sign':
      return readCompound(parser, token.text);
  }
}

function readNumber(parser: Parser, text: string): Value | undefined {
  if (!takeSign(parser, '..')) return { kind: 'int', value: text };
  const last = parser.tokens[parser.at];
  if (last?.kind !== 'int') return undefined;
  parser.at += 1;
  const [from, to] = [BigInt(text), BigInt(last.text)];
  if (to - from >= LARGEST_INTERVAL) return undefined;
  const elements: Value[] = [];
  for (let i = from; i <= to; i += 1n) elements.push({ kind: 'int', value: i.toString() });
  return { kind: 'set', elements };
}

function readCompound(parser: Parser, sign: string): Value | undefined {
  switch (sign) {
    case '{': {
      const elements = readList(parser, '}', readValue);
      return elements && { kind: 'set', elements };
    }
    case '<<': {
      const elements = readList(parser, '>>', readValue);
      return elements && { kind: 'seq', elements };
    }
    case '[': {
      const fields = readList(parser, ']', readField);
      return fields && { kind: 'record', fields };
    }
    case '(':
      return readFunction(parser);
    default:
      return undefined;
  }
}

function readList<T>(
  parser: Parser,
  end: string,
  readItem: (parser: Parser) => T | undefined,
): T[] | undefined {
  const items: T[] = [];
  if (takeSign(parser, end)) return items;
  do {
    const item = readItem(parser);
    if (item === undefined) return undefined;
    items.push(item);
  } while (takeSign(parser, ','));
  return takeSign(parser, end) ? items : undefined;
}

function readField(parser: Parser): { name: string; value: Value } | undefined {
  const name = parser.tokens[parser.at];
  if (name?.kind !== 'name') return undefined;
  parser.at += 1;
  if (!takeSign(parser, '|->')) return undefined;
  const value = readValue(parser);
  return value && { name: name.text, value };
}

function readFunction(parser: Parser): Value | undefined {
  const pairs: { key: Value; value: Value }[] = [];
  do {
    const key = readValue(parser);
    if (key === undefined) return undefined;
    if (pairs.length === 0 && takeSign(parser, ')')) return key;
    if (!takeSign(parser, ':>')) return undefined;
    const value = readValue(parser);
    if (value === undefined) return undefined;
    pairs.push({ key, value });
  } while (takeSign(parser, '@@'));
  return takeSign(parser, ')') ? { kind: 'function', pairs } : undefined;
}

function unquote(token: string): string {
  return token.slice(1, -1).replace(/\\([\s\S])/g, (_, c: string) => UNESCAPED[c] ?? c);
}

function joinLines(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, ' ');
}
