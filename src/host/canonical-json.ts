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
    if (text !== undefined) members.push(`${JSON.stringify(key)}:${text}`);
  }
  return `{${members.join(',')}}`;
}

/**
 * An object with one key whose value is parsed only when somebody looks at it.
 * @param rest the object without the key
 * @param text canonical JSON of the key's value
 */
export function withLazy<T extends object, K extends string, V>(
  rest: T,
  key: K,
  text: string,
): T & Record<K, V> {
  let value: V | undefined;
  const lazy = Object.defineProperty({ ...rest }, key, {
    enumerable: true,
    get: () => (value ??= JSON.parse(text) as V),
  }) as T & Record<K, V>;
  const members = Object.entries(rest)
    .map(([name, member]) => [name, writeCanonical(member)] as const)
    .concat([[key, text]])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const whole = members.flatMap(([name, member]) =>
    member === undefined ? [] : [`${JSON.stringify(name)}:${member}`],
  );
  return rememberText(lazy, `{${whole.join(',')}}`);
}
