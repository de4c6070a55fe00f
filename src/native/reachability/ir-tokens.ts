/**
 * Cuts one line of LLVM's textual IR into tokens with their nesting. Contract: names come unquoted and unescaped;
 * comments are dropped; brackets that do not close end with the line.
 */

export interface Token {
  kind: 'word' | 'local' | 'global' | 'number' | 'string' | 'mark' | 'group';
  /** A name without its sigil, a word, a mark, or the bracket that opens a group. */
  text: string;
  /** Members of a group; empty for all others. */
  items: Token[];
}

const pattern =
  /\s+|;.*|([@%])(?:"((?:[^"\\]|\\.)*)"|([-\w$.]+))|c?"((?:[^"\\]|\\.)*)"|([$!#])(?:"[^"]*"|[-\w$.\\]+)?|(-?\d[\w.+-]*)|([A-Za-z_][\w.]*)|([([{<])|([)\]}>])|(\.\.\.|[^\s])/y;

/** Tokens of `text` up to its end. */
export function readTokens(text: string): Token[] {
  const stack: Token[][] = [[]];
  const add = (kind: Token['kind'], word: string): void => {
    stack.at(-1)?.push({ kind, text: word, items: [] });
  };
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [all, sigil, quoted, plain, string, meta, number, word, open, close, other] = match;
    if (sigil !== undefined) {
      add(sigil === '@' ? 'global' : 'local', quoted === undefined ? (plain ?? '') : unescapeText(quoted));
    } else if (string !== undefined) add('string', string);
    else if (meta !== undefined) add('mark', all);
    else if (number !== undefined) add('number', number);
    else if (word !== undefined) add('word', word);
    else if (open !== undefined) {
      const group: Token = { kind: 'group', text: open, items: [] };
      stack.at(-1)?.push(group);
      stack.push(group.items);
    } else if (close !== undefined) {
      if (stack.length > 1) stack.pop();
    } else if (other !== undefined) add('mark', other);
  }
  return stack[0] ?? [];
}

/** `\C3\A4` of a name or a string as the character it stands for. */
export function unescapeText(text: string): string {
  if (!text.includes('\\')) return text;
  const bytes = text.replace(/\\([0-9A-Fa-f]{2})|\\\\/g, (_, hex: string | undefined) =>
    hex === undefined ? '\\' : String.fromCharCode(parseInt(hex, 16)),
  );
  const isBytes = /^[\x00-\xff]*$/.test(bytes);
  return isBytes ? Buffer.from(bytes, 'latin1').toString('utf8') : bytes;
}

/** Parts between commas of one level. */
export function splitAtCommas(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'mark' && token.text === ',') parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** All tokens of all levels. */
export function flatten(tokens: readonly Token[]): Token[] {
  return tokens.flatMap((token) => [token, ...flatten(token.items)]);
}

export const isWord = (token: Token | undefined, ...words: string[]): boolean =>
  token?.kind === 'word' && words.includes(token.text);
