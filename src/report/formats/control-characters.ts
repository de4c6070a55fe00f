/**
 * Characters that a reader cannot see but a terminal, a parser or a person's eye obeys. Strings of a spec may hold any:
 * every format passes texts through one of these before it escapes them in its own way. Pure.
 */

/** C0 and C1 controls, and the marks that turn the direction of text or hide in it. */
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]/g;
/** Halves of a character outside of the basic plane, without the other half: no encoding has them. */
const LONELY = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const asCode = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** On one line, and nothing in it that a terminal would obey: `\u001b[31m` for a red that a spec asks for. */
export function oneLine(text: string): string {
  return text
    .replace(/\s*[\n\r]+\s*/g, ' ')
    .replace(/\t/g, ' ')
    .replace(UNSEEN, asCode)
    .replace(LONELY, asCode);
}

/** What `visible` may have to change; most texts have none of it, and are megabytes. */
const SUSPECT =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]/;

/** The same, lines and tabs kept. */
export function visible(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return text
    .replace(/\r\n?/g, '\n')
    .replace(UNSEEN, (c) => (c === '\n' || c === '\t' ? c : asCode(c)))
    .replace(LONELY, asCode);
}

/** JSON that says the same, in which nothing is unseen: what `JSON.stringify` lets through is escaped as it escapes the rest. */
export const seenJson = (value: unknown, indent?: number): string =>
  JSON.stringify(value, null, indent).replace(UNSEEN, (c) => (c === '\n' ? c : asCode(c)));

/** A value of the view with every text in it made visible; keys stay, for they are the schema's. */
export function mapTexts<T>(value: T, change: (text: string) => string): T {
  if (typeof value === 'string') return change(value) as T;
  if (Array.isArray(value)) return value.map((member: unknown) => mapTexts(member, change)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(
    ([key, member]: [string, unknown]) => [change(key), mapTexts(member, change)] as const,
  );
  return Object.fromEntries(entries) as T;
}
