/**
 * Finds the comments and strings of a source text, for each language that may carry anchors. A scanner and no parser:
 * it knows where a comment or a literal begins and ends, and nothing about what stands between them.
 */

export type Dialect = 'c' | 'go' | 'java' | 'python' | 'rust' | 'typescript';

/** Offsets into the text; `end` is exclusive. */
export interface LexicalSpan {
  kind: 'comment' | 'string';
  start: number;
  end: number;
}

/** A construct: what it is, how it begins (sticky), and where it ends, given the match. */
interface Construct {
  kind: LexicalSpan['kind'];
  begin: RegExp;
  end: (text: string, match: RegExpExecArray) => number;
}

const upTo =
  (closing: RegExp) =>
  (text: string, match: RegExpExecArray): number => {
    closing.lastIndex = match.index + match[0].length;
    const found = closing.exec(text);
    return found === null ? text.length : found.index + found[0].length;
  };
const whole = (_text: string, match: RegExpExecArray): number => match.index + match[0].length;

const lineComment: Construct = { kind: 'comment', begin: /\/\/[^\n]*/y, end: whole };
const blockComment: Construct = { kind: 'comment', begin: /\/\*/y, end: upTo(/\*\//g) };
/** Literals that end with their line: an unclosed one (prose after #error, say) must not swallow the file. */
const quoted: Construct = { kind: 'string', begin: /"(?:[^"\\\n]|\\[^])*(?:"|(?=\n)|$)/y, end: whole };
const apostrophes: Construct = { kind: 'string', begin: /'(?:[^'\\\n]|\\[^])*(?:'|(?=\n)|$)/y, end: whole };

const constructs: Record<Dialect, Construct[]> = {
  c: [
    // A backslash at the end of the line carries a comment on.
    { kind: 'comment', begin: /\/\/(?:[^\\\n]|\\[^])*/y, end: whole },
    blockComment,
    {
      kind: 'string',
      begin: /(?<![\w])(?:u8|[uUL])?R"([^()\\\s]{0,16})\(/y,
      end: (text, match) => {
        const closing = `)${match[1] ?? ''}"`;
        const found = text.indexOf(closing, match.index + match[0].length);
        return found < 0 ? text.length : found + closing.length;
      },
    },
    quoted,
    // The lookbehind leaves digit separators (1'000) alone.
    { ...apostrophes, begin: /(?<!\b\d[\w']*)'(?:[^'\\\n]|\\[^])*(?:'|(?=\n)|$)/y },
  ],
  go: [
    lineComment,
    blockComment,
    { kind: 'string', begin: /`[^`]*(?:`|$)/y, end: whole },
    quoted,
    apostrophes,
  ],
  java: [
    lineComment,
    blockComment,
    { kind: 'string', begin: /"""(?:[^\\]|\\[^])*?(?:"""|$)/y, end: whole },
    quoted,
    apostrophes,
  ],
  python: [
    { kind: 'comment', begin: /#[^\n]*/y, end: whole },
    { kind: 'string', begin: /("""|''')(?:[^\\]|\\[^])*?(?:\1|$)/y, end: whole },
    quoted,
    apostrophes,
  ],
  rust: [
    lineComment,
    { kind: 'comment', begin: /\/\*/y, end: endOfNestedComment },
    { kind: 'string', begin: /(?<!\w)[bc]?r(#*)"[^]*?(?:"\1|$)/y, end: whole },
    { kind: 'string', begin: /"(?:[^"\\]|\\[^])*(?:"|$)/y, end: whole },
    // Anything else behind an apostrophe is a lifetime.
    { kind: 'string', begin: /'(?:\\[^'\n]+|\\'|[^\\'\n]{1,2})'/y, end: whole },
  ],
  typescript: [
    lineComment,
    blockComment,
    { kind: 'string', begin: /`/y, end: (text, match) => endOfTemplate(text, match.index + 1) },
    quoted,
    apostrophes,
    {
      kind: 'string',
      begin:
        /(?<=(?:^|[(,=:[!&|?{};+\-*%<>~^\n]|\b(?:return|typeof|case|of|in|yield|await))[ \t]*)\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y,
      end: whole,
    },
  ],
};

function endOfNestedComment(text: string, match: RegExpExecArray): number {
  const edge = /\/\*|\*\//g;
  edge.lastIndex = match.index;
  let depth = 0;
  for (let found = edge.exec(text); found !== null; found = edge.exec(text)) {
    depth += found[0] === '/*' ? 1 : -1;
    if (depth === 0) return edge.lastIndex;
  }
  return text.length;
}

/** A template literal counts as one string, whatever its `${…}` hold. */
function endOfTemplate(text: string, from: number): number {
  let i = from;
  while (i < text.length) {
    if (text[i] === '\\') i += 2;
    else if (text[i] === '`') return i + 1;
    else if (text.startsWith('${', i)) {
      let depth = 1;
      i += 2;
      while (i < text.length && depth > 0) {
        if (text[i] === '`') i = endOfTemplate(text, i + 1) - 1;
        else if (text[i] === '{') depth += 1;
        else if (text[i] === '}') depth -= 1;
        i += 1;
      }
    } else i += 1;
  }
  return text.length;
}

/** All comments and strings of a text, in order. */
export function findLexicalSpans(text: string, dialect: Dialect): LexicalSpan[] {
  const spans: LexicalSpan[] = [];
  const starts = dialect === 'python' ? /["'#]/g : /["'`/R]|(?<!\w)(?:[bc]?r#*"|u8R"|[uUL]R")/g;
  for (let found = starts.exec(text); found !== null; found = starts.exec(text)) {
    for (const construct of constructs[dialect]) {
      construct.begin.lastIndex = found.index;
      const match = construct.begin.exec(text);
      if (match === null) continue;
      const end = Math.max(construct.end(text, match), found.index + 1);
      spans.push({ kind: construct.kind, start: found.index, end });
      starts.lastIndex = end;
      break;
    }
  }
  return spans;
}

/** The text with the given ranges replaced by blanks, newlines kept: every offset and line stays where it was. */
export function blank(text: string, ranges: readonly { start: number; end: number }[]): string {
  let result = '';
  let at = 0;
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    if (end <= at) continue;
    const from = Math.max(start, at);
    result += text.slice(at, from) + text.slice(from, end).replace(/[^\n]/g, ' ');
    at = end;
  }
  return result + text.slice(at);
}

/** Pairs of brackets in a text without comments and strings: offset of each opening one to its closing one. */
export function pairBrackets(masked: string): Map<number, number> {
  const pairs = new Map<number, number>();
  const open: number[] = [];
  const closes: Record<string, string> = { ')': '(', ']': '[', '}': '{' };
  for (const match of masked.matchAll(/[()[\]{}]/g)) {
    const opening = closes[match[0]];
    if (opening === undefined) open.push(match.index);
    else {
      const top = open.at(-1);
      if (top !== undefined && masked[top] === opening) {
        open.pop();
        pairs.set(top, match.index);
      }
    }
  }
  return pairs;
}

/** Offset of the first bracket without a partner; undefined when all are paired. */
export function findUnpaired(masked: string): number | undefined {
  const pairs = pairBrackets(masked);
  const paired = new Set([...pairs.keys(), ...pairs.values()]);
  for (const match of masked.matchAll(/[()[\]{}]/g)) if (!paired.has(match.index)) return match.index;
  return undefined;
}
