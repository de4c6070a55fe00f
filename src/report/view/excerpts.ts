/** Excerpts of native source: the function with the comment above it. Pure; a text that is not the one of the record shows nothing. */
import type { AnchorMap } from '../../domain/run-record.js';
import type { FunctionView } from './report-view.js';

/** Texts by their sha256: a lookup by the record's hash finds nothing but what the record speaks of. */
export type Texts = ReadonlyMap<string, string>;

/** Longer functions are cut; the file has them whole. */
const MOST_LINES = 60;
const MOST_COMMENT = 16;

/** Anchored functions and those with a reason, in the order of their places, each with its source. */
export function viewFunctions(anchors: AnchorMap | null, texts: Texts): FunctionView[] {
  const hashes = new Map((anchors?.sources ?? []).map((s) => [s.path, s.sha256]));
  const split = new Map<string, string[]>();
  const linesOf = (path: string): string[] | undefined => {
    const known = split.get(path);
    if (known) return known;
    const text = texts.get(hashes.get(path) ?? '');
    if (text === undefined) return undefined;
    const lines = text.split(/\r?\n/);
    split.set(path, lines);
    return lines;
  };
  return [...(anchors?.functions ?? [])]
    .sort((a, b) => (a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1))
    .map((found) => {
      const lines = linesOf(found.path);
      const { name, path, line, claims, unmodelled } = found;
      return {
        name,
        path,
        line,
        claims,
        ...(unmodelled === undefined ? {} : { unmodelled }),
        ...(lines === undefined ? {} : { excerpt: cutOut(lines, line) }),
      };
    });
}

const isComment = (line: string | undefined): boolean =>
  line !== undefined && /^\s*(?:\/\/|\/\*|\*|#(?!include|if|endif|define)|"""|@)/.test(line);

/** @param line where the function begins, from 1 */
function cutOut(lines: readonly string[], line: number): NonNullable<FunctionView['excerpt']> {
  let first = line;
  while (first > 1 && line - first < MOST_COMMENT && isComment(lines[first - 2])) first -= 1;
  const last = Math.min(endOf(lines, line), line + MOST_LINES - 1);
  return { first, lines: lines.slice(first - 1, last) };
}

/**
 * Last line of a function: the closing brace in the column in which it begins, or for languages without braces the
 * last line that is indented deeper.
 */
function endOf(lines: readonly string[], line: number): number {
  const indent = indentOf(lines[line - 1] ?? '');
  // A body on the line of its own head: `int f() { return 1; }`.
  if (/\{.*\}\s*$/.test(lines[line - 1] ?? '')) return line;
  let last = line;
  for (let i = line; i < lines.length; i += 1) {
    const text = lines[i] ?? '';
    if (text.trim() === '') continue;
    const depth = indentOf(text);
    if (depth === indent && /^\s*[})]/.test(text)) return i + 1;
    // What stands as far left as the head and is no brace belongs to the head while the body has not begun.
    if (depth <= indent && last > line && !/^\s*[{}]/.test(text)) return last;
    last = i + 1;
  }
  return last;
}

const indentOf = (line: string): number => line.length - line.trimStart().length;
