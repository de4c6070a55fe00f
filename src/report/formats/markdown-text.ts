/** Foreign texts inside Markdown: whatever they hold, they stay text. Pure. */
import { oneLine, visible } from './control-characters.js';

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '@': '&#64;',
  '#': '&#35;',
  '|': '&#124;',
};

/** Running text on one line: nothing in it is markup, a mention, a reference or the end of a table's cell. */
export function prose(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_{}[\]()~!$]/g, (c) => `\\${c}`)
    .replace(/[&<>@#|]/g, (c) => ENTITIES[c] ?? c)
    .replace(/^(\s*)([-+=]|\d+\.)/, '$1\\$2');
}

/** Text of an element that stands in a block of HTML, where a backslash escapes nothing. */
export const elementText = (text: string): string =>
  oneLine(text).replace(/[&<>@#|]/g, (c) => ENTITIES[c] ?? c);

/**
 * A code span on one line; its fence is longer than any run of backticks inside. A span cannot hold a bar in a table's
 * cell: there, and so everywhere, a text with one is an element.
 */
export function code(text: string): string {
  const line = oneLine(text);
  if (line.includes('|')) return `<code>${prose(line)}</code>`;
  if (line.trim() === '') return '';
  const fence = fenceFor(line, 1);
  const pad = /^`|`$|^ .* $/.test(line) ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** A block of code; the same. */
export function fenced(text: string): string {
  const block = visible(text);
  const fence = fenceFor(block, 3);
  return `${fence}text\n${block}\n${fence}`;
}

function fenceFor(text: string, least: number): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  return '`'.repeat(Math.max(least, longest + 1));
}
