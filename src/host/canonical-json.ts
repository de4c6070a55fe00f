/**
 * JSON with sorted keys and no blanks. Contract: equal values have equal texts. The text of a value that was read from
 * such JSON can be remembered, so that what is large and unchanged is neither parsed nor written anew.
 */

const texts = new WeakMap<object, string>();

/**
 * Remembers the canonical text of an object, which must not be changed afterwards.
 * @param text exactly what `writeCanonical` would make of it
 */
export function rememberText<T extends object>(value: T, text: string): T {
  texts.set(Object.freeze(value), text);
  return value;
}

/** Whether the text of an object is remembered: then it is written so, whatever the object looks like. */
export const hasText = (value: object): boolean => texts.has(value);

/** Undefined for what is no JSON value; keys with such a value are left out, as in JSON.stringify. */
export function writeCanonical(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const known = texts.get(value);
  if (known !== undefined) return known;
  if ('toJSON' in value) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((member) => writeCanonical(member) ?? 'null').join(',')}]`;
  const members: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const text = writeCanonical((value as Record<string, unknown>)[key]);
    if (text !== undefined) members.push(`${keyText(key)}:${text}`);
  }
  return `{${members.join(',')}}`;
}

const keyTexts = new Map<string, string>();

/** The same few names stand in every record thousands of times. */
function keyText(key: string): string {
  const known = keyTexts.get(key);
  if (known !== undefined) return known;
  const text = JSON.stringify(key);
  if (keyTexts.size < 1000) keyTexts.set(key, text);
  return text;
}

/**
 * The canonical text of an object in pieces, one for each element of its arrays: joined they are what `writeCanonical`
 * makes, and what is large need never be one string.
 */
export function canonicalPieces(value: object): string[] {
  const pieces: string[] = [];
  for (const [key, member] of Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const start = `${pieces.length === 0 ? '{' : ','}${JSON.stringify(key)}:`;
    if (Array.isArray(member) && !texts.has(member)) {
      const elements = member.map(
        (element, i) => `${i === 0 ? '' : ','}${writeCanonical(element) ?? 'null'}`,
      );
      pieces.push(`${start}[`, ...elements, ']');
    } else {
      const text = writeCanonical(member);
      if (text !== undefined) pieces.push(`${start}${text}`);
    }
  }
  return pieces.length === 0 ? ['{}'] : [...pieces, '}'];
}

/**
 * The canonical text of an object with one more key.
 * @param text the object's, canonical, without that key
 */
export function insertKey(text: string, key: string, value: string): string {
  const member = `${JSON.stringify(key)}:${value}`;
  const first = /^\{("(?:[^"\\]|\\.)*")/.exec(text)?.[1];
  if (first === undefined) return `{${member}}`;
  // The usual case: nothing has to be written anew.
  if (key < (JSON.parse(first) as string)) return `{${member},${text.slice(1)}`;
  const object = JSON.parse(text) as Record<string, unknown>;
  return writeCanonical({ ...object, [key]: rememberText({}, value) }) ?? text;
}
