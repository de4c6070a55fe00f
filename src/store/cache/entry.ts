/**
 * A stored result as text. Contract: a text that was cut, edited, or that stands under another key than it was made for
 * does not decode; one that decodes is byte for byte what was encoded. Pure.
 */
import { sha256 } from '../../host/files.js';

/** Another number for another form: entries of an older one then lie under other keys. */
export const ENTRY_FORMAT = 1;

export interface EntryHead {
  kind: string;
  key: string;
  /** Record of the run that showed it. */
  from: string;
  /** When it was shown, ISO 8601. */
  at: string;
  /** What lies beside the entry, by content. */
  files: { sha256: string; bytes: number }[];
}

/** A stored result: its head, then parts, each one line of JSON. */
export interface Entry {
  head: EntryHead;
  parts: string[];
}

/** The hash over all the rest, the head, the parts; a line each. */
export function encodeEntry({ head, parts }: Entry): string {
  const odd = parts.find((part) => part === '' || part.includes('\n'));
  if (odd !== undefined) throw new Error('encodeEntry: a part is one line of JSON');
  const body = [JSON.stringify(head), ...parts].map((line) => `${line}\n`).join('');
  return `${sha256(body)}\n${body}`;
}

/** The entry, or one line that says what is wrong with its text. */
export function decodeEntry(bytes: Buffer, kind: string, key: string): Entry | { damage: string } {
  const end = bytes.indexOf('\n');
  const body = bytes.subarray(end + 1);
  if (end !== 64 || sha256(body) !== bytes.toString('latin1', 0, end))
    return { damage: 'its content is not what was stored' };
  const [first = '', ...parts] = body.toString('utf8', 0, body.length - 1).split('\n');
  const head = readHead(first);
  if (head === undefined || parts.length === 0) return { damage: 'it has another form' };
  if (head.kind !== kind || head.key !== key) return { damage: 'it was stored under another key' };
  return { head, parts };
}

/** By hand: an unchanged verification reads six hundred. */
function readHead(line: string): EntryHead | undefined {
  const head = JSON.parse(line) as Partial<EntryHead> | null;
  const isText = (found: unknown): boolean => typeof found === 'string';
  if (head === null || ![head.kind, head.key, head.from, head.at].every(isText)) return undefined;
  const isFile = (file: Partial<EntryHead['files'][number]> | null): boolean =>
    isText(file?.sha256) && typeof file?.bytes === 'number';
  return Array.isArray(head.files) && head.files.every(isFile) ? (head as EntryHead) : undefined;
}
