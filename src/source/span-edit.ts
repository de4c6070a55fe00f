/** Edits of text by span or by a passage that must occur exactly once. Pure; an edit that fits nowhere is an error. */
import type { Edit } from '../domain/manifest.js';
import { Problem } from '../domain/problem.js';

/** Replaces the characters from `start` to before `end` (UTF-16 offsets). */
export interface SpanEdit {
  start: number;
  end: number;
  replace: string;
}

/** Applies edits whose spans do not overlap, in any order; throws (misuse) when they do or when one lies outside. */
export function applySpans(text: string, edits: readonly SpanEdit[]): string {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  const parts: string[] = [];
  let at = 0;
  for (const edit of sorted) {
    if (edit.start < at || edit.end < edit.start || edit.end > text.length) {
      throw new Error(`span ${edit.start}..${edit.end} overlaps another or lies outside of the text`);
    }
    parts.push(text.slice(at, edit.start), edit.replace);
    at = edit.end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

/** Replaces passages that each occur exactly once in `text`, as the manifest's `delete` entries demand. */
export function applyEdits(text: string, edits: readonly Edit[], file: string): string {
  const spans = edits.map(({ find, replace }) => {
    const start = text.indexOf(find);
    const shown = JSON.stringify(find.length > 60 ? `${find.slice(0, 57)}...` : find);
    if (start < 0) {
      throw new Problem(
        'EDIT-NOWHERE',
        `${file}: does not contain ${shown}`,
        'copy the passage from the file',
      );
    }
    const second = text.indexOf(find, start + 1);
    if (second >= 0) {
      throw new Problem(
        'EDIT-TWICE',
        `${file}:${lineOf(text, second)}: contains ${shown} more than once, first in line ${lineOf(text, start)}`,
        'add what stands before or after it until the passage is unique',
      );
    }
    return { start, end: start + find.length, replace };
  });
  return applySpans(text, spans);
}

/** Line of an offset, from 1. */
export function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
