/**
 * Reads JSON and keeps the line of every key and element, so that errors can point at them. Stricter than JSON.parse in
 * one point: a key that stands twice in an object is an error, where JSON.parse silently keeps the last.
 */

export interface JsonText {
  value: unknown;
  /** Line of the value at a path such as `['modules', 0, 'path']`; of its nearest ancestor where there is none. */
  lineOf(path: readonly PropertyKey[]): number;
}

/** What is wrong with a text that is no JSON, and where; lines and columns count from 1. */
export interface JsonFault {
  line: number;
  column: number;
  message: string;
}

/** Reads a JSON text. */
export function readJson(text: string): JsonText | JsonFault {
  const plain = text.replace(/^\uFEFF/, '');
  const fault = new Scanner(plain).scan();
  if (fault !== undefined) return fault;
  let lines: Map<string, number> | undefined;
  return {
    value: JSON.parse(plain) as unknown,
    lineOf(path) {
      // Only errors have lines, and most files have none: the lines are found in a second walk.
      if (lines === undefined) new Scanner(plain, (lines = new Map())).scan();
      for (let length = path.length; length > 0; length -= 1) {
        const line = lines.get(keyOf(path.slice(0, length)));
        if (line !== undefined) return line;
      }
      return 1;
    },
  };
}

const keyOf = (path: readonly PropertyKey[]): string => JSON.stringify(path.map(String));

/** Walks over a JSON text once. */
class Scanner {
  #at = 0;
  #line = 1;
  #lineStart = 0;
  constructor(
    private readonly text: string,
    /** Where the line of each value is noted. */
    private readonly lines?: Map<string, number>,
  ) {}

  scan(): JsonFault | undefined {
    const fault = this.#value([]);
    if (fault !== undefined) return fault;
    this.#blanks();
    return this.#at < this.text.length ? this.#fault('expected the end of the file') : undefined;
  }

  #fault(message: string): JsonFault {
    const found = this.text[this.#at];
    const shown = found === undefined ? 'the end of the file' : JSON.stringify(found);
    const column = this.#at - this.#lineStart + 1;
    return { line: this.#line, column, message: `${message}, found ${shown}` };
  }

  #blanks(): void {
    for (;;) {
      const char = this.text[this.#at];
      if (char !== ' ' && char !== '\n' && char !== '\t' && char !== '\r') return;
      this.#at += 1;
      if (char !== '\n') continue;
      this.#line += 1;
      this.#lineStart = this.#at;
    }
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.text)?.[0];
    if (match !== undefined) this.#at += match.length;
    return match;
  }

  #value(path: readonly PropertyKey[]): JsonFault | undefined {
    this.#blanks();
    if (this.lines?.has(keyOf(path)) === false) this.lines.set(keyOf(path), this.#line);
    const char = this.text[this.#at];
    if (char === '{') return this.#object(path);
    if (char === '[') return this.#array(path);
    const scalar = this.#take(STRING) ?? this.#take(NUMBER) ?? this.#take(WORD);
    return scalar === undefined ? this.#fault('expected a value') : undefined;
  }

  #object(path: readonly PropertyKey[]): JsonFault | undefined {
    this.#at += 1;
    this.#blanks();
    if (this.#take(/\}/y) !== undefined) return undefined;
    const seen = new Set<string>();
    for (;;) {
      this.#blanks();
      const before = this.#at;
      const key = this.#take(STRING);
      if (key === undefined) return this.#fault('expected a key in double quotes');
      const name = JSON.parse(key) as string;
      if (seen.has(name)) {
        this.#at = before;
        return { ...this.#fault(''), message: `the key ${key} stands twice in this object` };
      }
      seen.add(name);
      this.lines?.set(keyOf([...path, name]), this.#line);
      this.#blanks();
      if (this.#take(/:/y) === undefined) return this.#fault(`expected : behind ${key}`);
      const fault = this.#value([...path, name]);
      if (fault !== undefined) return fault;
      this.#blanks();
      if (this.#take(/,/y) !== undefined) continue;
      return this.#take(/\}/y) === undefined ? this.#fault('expected , or }') : undefined;
    }
  }

  #array(path: readonly PropertyKey[]): JsonFault | undefined {
    this.#at += 1;
    this.#blanks();
    if (this.#take(/\]/y) !== undefined) return undefined;
    for (let index = 0; ; index += 1) {
      const fault = this.#value([...path, index]);
      if (fault !== undefined) return fault;
      this.#blanks();
      if (this.#take(/,/y) !== undefined) continue;
      return this.#take(/\]/y) === undefined ? this.#fault('expected , or ]') : undefined;
    }
  }
}

// Exactly JSON's grammar of scalars (RFC 8259); U+0000 to U+001F must be escaped.
const STRING = /"(?:[^"\\\u0000-\u001F]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*"/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WORD = /true|false|null/y;
