/** Names of places in the page: what a link's `#…` says and the `id` that it leads to. Pure. */

/** Things that have a place of their own; `#claim=M!C` and `#model=specs/M/a.cfg` are what others may link to. */
export type PlaceKind = 'claim' | 'model' | 'module' | 'run' | 'test';

/** What must not stand in an id, or would be another character in an address: written as `~` and its code. */
const UNSAFE = /[^A-Za-z0-9_!$'()*+,./:;=?@[\]-]/gu;

const escapeCharacter = (character: string): string => `~${(character.codePointAt(0) ?? 0).toString(16)}`;

/** The id of a thing's element; it is its own fragment in every browser, and readable in the address bar. */
export const idOf = (kind: PlaceKind, name: string): string =>
  `${kind}=${name.replace(UNSAFE, escapeCharacter)}`;

/** The link to it. */
export const linkTo = (kind: PlaceKind, name: string): string => `#${idOf(kind, name)}`;

/** `native/a.cpp:12`: a place as a reader would type it. */
export const lineName = (path: string, line: number): string => `${path}:${line}`;

/** The id of a line of a module's text; short, for every step of every behaviour has a link to one. */
export const idOfLine = (path: string, line: number): string =>
  `${path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/\.tla$/, '')
    .replace(UNSAFE, escapeCharacter)}:${line}`;
