/** Places in modules, in the ways TLC and SANY write them. */
import type { Span } from '../domain/behaviour.js';

const TLC = /line (\d+), col(?:umn)? (\d+) to line (\d+), col(?:umn)? (\d+) (?:of module|in) ([\w!]+)/i;

/** The first full place in a text: `line 3, col 5 to line 3, col 9 of module M`, or TLC's longer way with `column`. */
export function findSpan(text: string): Span | undefined {
  const match = TLC.exec(text);
  return match === null ? undefined : spanOf(match);
}

/** The last full place in a text. TLC lists nested expressions from the outermost to the innermost. */
export function findLastSpan(text: string): Span | undefined {
  const match = [...text.matchAll(new RegExp(TLC, 'gi'))].at(-1);
  return match === undefined ? undefined : spanOf(match);
}

/** A place of one character, as SANY's parser names it: `line 3, column 16`. */
export function findPoint(text: string, module: string): Span | undefined {
  const match = /line (\d+), col(?:umn)? (\d+)/i.exec(text);
  if (match === null) return undefined;
  const [line, column] = [Number(match[1]), Number(match[2])];
  return { module, line, column, endLine: line, endColumn: column };
}

function spanOf(match: RegExpMatchArray): Span {
  const [, line, column, endLine, endColumn, module] = match;
  return {
    module: module ?? '',
    line: Number(line),
    column: Number(column),
    endLine: Number(endLine),
    endColumn: Number(endColumn),
  };
}
