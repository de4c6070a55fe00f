/** What each native function says, by hash: comments and layout count for nothing, so that only code is a change. */
import { sha256 } from '../host/files.js';
import { blank } from './lexical-spans.js';
import { readNativeSource } from './native-functions.js';

/** Characters of a hash that are kept: enough to tell versions of one function apart, and short in a baseline. */
const SHORT = 16;

/**
 * One hash per function of a file, in the order in which `readFileAnchors` lists them. A function's own name is no part
 * of it: what was only renamed says what it said.
 */
export async function hashFunctions(path: string, text: string): Promise<string[]> {
  const source = await readNativeSource(path, text);
  const comments = source.spans.filter((s) => s.kind === 'comment');
  const code = blank(text, comments);
  return source.functions.map(({ name, nameOffset, start, end }) => {
    const named = code.startsWith(name, nameOffset) ? nameOffset + name.length : nameOffset;
    const said = `${code.slice(start, nameOffset)} ${code.slice(named, end)}`;
    return sha256(said.replace(/\s+/g, ' ').trim()).slice(0, SHORT);
  });
}
