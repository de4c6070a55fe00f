/**
 * Turns Objective-C++ into text that a C++ grammar reads, keeping every offset: methods are listed and blanked,
 * declarations are blanked, and expressions become plain ones of the same length. What has no clear end is a fault.
 */
import { blank, pairBrackets } from './lexical-spans.js';
import type { FoundFunction } from './found-functions.js';

export interface Neutralised {
  text: string;
  methods: FoundFunction[];
  faults: { offset: number; message: string }[];
}

/** `.m` and `.mm` always; a header when it declares something in Objective-C. */
export function usesObjectiveC(path: string, masked: string): boolean {
  return /\.mm?$/i.test(path) || /^[ \t]*@(?:interface|implementation|protocol|class|import)\b/m.test(masked);
}

/**
 * @param text   without comments
 * @param masked the same, without strings
 */
export function neutraliseObjectiveC(text: string, masked: string): Neutralised {
  const result: Neutralised = { text, methods: [], faults: [] };
  const pairs = pairBrackets(masked);
  const gone: { start: number; end: number }[] = [];

  for (const match of masked.matchAll(/@(interface|protocol|implementation)\b[ \t]*/g)) {
    const at = match.index;
    const from = startOfAttributes(masked, at);
    // `@protocol(X)` is an expression, `@protocol X;` and `@protocol X, Y;` only announce names.
    if (match[1] === 'protocol' && /^(?:\(|[\w\s,]*;)/.test(masked.slice(at + match[0].length))) continue;
    const stop = masked.indexOf('@end', at);
    const next = masked.slice(at + 1).search(/@(?:interface|implementation)\b/);
    if (stop < 0 || (next >= 0 && at + 1 + next < stop)) {
      result.faults.push({ offset: at, message: `@${match[1] ?? ''} without @end` });
      continue;
    }
    if (match[1] === 'implementation') {
      gone.push({ start: from, end: at });
      readImplementation(masked, at, stop, pairs, gone, result);
    } else gone.push({ start: from, end: stop + 4 });
  }
  const plain = blank(masked, gone);
  result.text = rewriteExpressions(blank(text, gone), plain);
  return result;
}

/** Where the attributes in front of a declaration begin: `__attribute__((…))` or macro words. */
function startOfAttributes(masked: string, at: number): number {
  const before = masked.slice(Math.max(0, at - 400), at);
  const attributes = /(?:\b(?:__attribute__\s*\(\([^;{}]*?\)\)|[A-Z][A-Z0-9_]{2,}(?:\([^()]*\))?)\s*)+$/.exec(
    before,
  );
  return at - (attributes?.[0].length ?? 0);
}

/** Blanks what only Objective-C knows between @implementation and @end; C functions in between stay. */
function readImplementation(
  masked: string,
  start: number,
  stop: number,
  pairs: Map<number, number>,
  gone: { start: number; end: number }[],
  result: Neutralised,
): void {
  const head =
    /@implementation\s+(\w+)(?:\s*\(\s*(\w*)\s*\))?(?:\s*:\s*\w+)?(?:\s*<[^>]*>)?[ \t]*\s*(?=(\{)?)/y;
  head.lastIndex = start;
  const match = head.exec(masked);
  if (match?.[1] === undefined) {
    result.faults.push({ offset: start, message: '@implementation without a class name' });
    return;
  }
  const className = match[1] + (match[2] === undefined ? '' : `(${match[2]})`);
  let at = head.lastIndex;
  if (match[3] !== undefined) at = (pairs.get(at) ?? at) + 1;
  gone.push({ start, end: at }, { start: stop, end: stop + 4 });

  while (at < stop) {
    const rest = /[^\s;]/g;
    rest.lastIndex = at;
    const found = rest.exec(masked);
    if (found === null || found.index >= stop) return;
    at = found.index;
    if (masked[at] === '#') {
      at = lineEnd(masked, at);
    } else if (/^@(?:synthesize|dynamic)\b/.test(masked.slice(at, at + 20))) {
      const semicolon = masked.indexOf(';', at);
      gone.push({ start: at, end: semicolon + 1 });
      at = semicolon + 1;
    } else if (masked[at] === '-' || masked[at] === '+') {
      at = readMethod(masked, at, stop, className, pairs, gone, result);
    } else {
      // C++ inside the implementation: up to its semicolon or closing brace.
      while (at < stop && masked[at] !== ';' && masked[at] !== '{') at = skip(masked, at, pairs);
      at = (masked[at] === '{' ? (pairs.get(at) ?? stop) : at) + 1;
    }
  }
}

function skip(masked: string, at: number, pairs: Map<number, number>): number {
  return (masked[at] === '(' || masked[at] === '[' ? (pairs.get(at) ?? at) : at) + 1;
}

function lineEnd(masked: string, at: number): number {
  const match = /(?:\\\r?\n|[^\n])*/y;
  match.lastIndex = at;
  return at + (match.exec(masked)?.[0].length ?? 1);
}

/** `- (T)name:(A)a with:(B)b {…}`; returns the offset behind it. */
function readMethod(
  masked: string,
  start: number,
  stop: number,
  className: string,
  pairs: Map<number, number>,
  gone: { start: number; end: number }[],
  result: Neutralised,
): number {
  let at = start + 1;
  let head = '';
  let nameOffset = start;
  while (at < stop && masked[at] !== '{' && masked[at] !== ';') {
    if (masked[at] === '(') {
      at = (pairs.get(at) ?? stop) + 1;
      head += ' ';
      continue;
    }
    if (head.trim() === '' && /\w/.test(masked[at] ?? '')) nameOffset = at;
    head += masked[at] ?? '';
    at += 1;
  }
  // Some write a semicolon between a method's head and its body; it is a definition all the same.
  const open = /;?\s*\{/y;
  open.lastIndex = at;
  const opening = open.exec(masked);
  const bodyStart = opening === null ? stop : open.lastIndex - 1;
  const close = pairs.get(bodyStart);
  if (opening === null || close === undefined || close > stop) {
    result.faults.push({
      offset: start,
      message: `method without a body that can be paired: ${head.trim().slice(0, 60)}`,
    });
    return opening === null ? at + 1 : stop;
  }
  const plain = head.replace(/__attribute__\s*/g, ' ').trim();
  const labels = plain.match(/\w*\s*:/g)?.map((label) => label.replace(/\s/g, ''));
  const selector = labels?.join('') ?? /^\w+/.exec(plain)?.[0] ?? '?';
  result.methods.push({
    name: `${masked[start] ?? '-'}[${className} ${selector}]`,
    nameOffset,
    start,
    bodyStart,
    end: close + 1,
  });
  gone.push({ start, end: close + 1 });
  return close + 1;
}

/** Words that say who owns what a pointer names; the grammar knows none of them. */
const qualifiers =
  /\b(?:__(?:strong|weak|unsafe_unretained|autoreleasing|block|kindof|nullable|nonnull|bridge(?:_\w+)?)|_Nullable|_Nonnull|_Null_unspecified)\b/g;

/** Literals, selectors, message sends and blocks as plain C++ of the same length. */
function rewriteExpressions(text: string, masked: string): string {
  const pairs = pairBrackets(masked);
  const characters = [...text.split('')];
  for (const match of masked.matchAll(qualifiers))
    characters.fill(' ', match.index, match.index + match[0].length);
  const erase = (start: number, end: number, by = ''): void => {
    for (let i = start; i < end; i += 1) if (characters[i] !== '\n') characters[i] = by[i - start] ?? ' ';
  };
  const taken: { start: number; end: number }[] = [];
  const replace = (start: number, end: number): void => {
    if (taken.some((t) => t.start <= start && end <= t.end)) return;
    taken.push({ start, end });
    erase(start, end, '0');
  };
  for (const match of masked.matchAll(/\[|\^|@/g)) {
    const at = match.index;
    if (match[0] === '[') {
      const close = pairs.get(at);
      if (close !== undefined && isMessage(masked, at, close)) replace(at, close + 1);
    } else if (match[0] === '^') {
      const block = /\^(\s*[\w\s*]*)(\([^()]*(?:\([^()]*\)[^()]*)*\))?\s*\{/y;
      block.lastIndex = at;
      const literal = block.exec(masked);
      const close = literal === null ? undefined : pairs.get(block.lastIndex - 1);
      if (close === undefined) {
        // `void (^name)(int)` declares what a pointer to a function declares.
        if (/\(\s*$/.test(masked.slice(Math.max(0, at - 8), at))) erase(at, at + 1, '*');
      } else if (masked[at - 1] === ' ' && !taken.some((t) => t.start <= at && at < t.end)) {
        // A lambda: outside of any function it is one itself.
        erase(at - 1, at + 1, '[]');
        erase(at + 1, at + 1 + (literal?.[1] ?? '').length);
      } else replace(at, close + 1);
    } else {
      const word = /@(\w*)\s*([([{]?)/y;
      word.lastIndex = at;
      const found = word.exec(masked);
      const close = found?.[2] === '' ? undefined : pairs.get(word.lastIndex - 1);
      const name = found?.[1] ?? '';
      if (/^(?:class|import|protocol)$/.test(name) && close === undefined) {
        erase(at, masked.indexOf(';', at) + 1);
      } else if (/^(?:selector|encode|protocol|available)$/.test(name) && close !== undefined) {
        replace(at, close + 1);
      } else if (name === '' && close !== undefined) replace(at, close + 1);
      else if (name === 'synchronized') erase(at, at + 13, 'while');
      else if (/^(?:try|catch|throw)$/.test(name)) erase(at, at + 1);
      else erase(at, at + 1 + name.length);
    }
  }
  return characters.join('');
}

/** Whether a bracket is a message send, and not a subscript, a lambda or an attribute. */
function isMessage(masked: string, open: number, close: number): boolean {
  const inside = masked.slice(open + 1, close);
  if (inside.startsWith('[') && inside.endsWith(']') && /^\s*\]/.test(masked.slice(close))) return false;
  if (/^\s*[({<]/.test(masked.slice(close + 1)) && !/\s/.test(inside.trim())) return false;
  // A receiver, then a selector: two words, or a bracketed receiver and a word.
  return /^\s*(?:[\w.>\-*&:@]+|[^]*[)\]])\s+\w+\s*(?::|$)/.test(inside) || /[)\]]\w+\s*$/.test(inside);
}
