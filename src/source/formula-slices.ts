/** Where a piece of a module stands: its text, its column, and whether it speaks of states, steps or behaviours. */
import type { Level, Slice } from './formula.js';
import type { SyntaxNode } from './grammars.js';

/** A module's text by lines, where its signs of steps and behaviours stand, and what ENABLED is applied to. */
export interface Source {
  lines: string[];
  marks: { start: number; level: Level }[];
  enabled: { start: number; end: number; text: string }[];
}

/** Children that are no comments. */
export const parts = (node: SyntaxNode): SyntaxNode[] => node.namedChildren.filter((n) => !n.isExtra);
export const field = (node: SyntaxNode, name: string): SyntaxNode | null => node.childForFieldName(name);
export const fields = (node: SyntaxNode, name: string): SyntaxNode[] =>
  node.childrenForFieldName(name).filter((n) => n.isNamed && !n.isExtra);

export function sliceOf(node: SyntaxNode, source: Source): Slice {
  const { row } = node.startPosition;
  const text = node.text.trimEnd();
  const [first = ''] = text.split('\n');
  const line = source.lines[row] ?? '';
  // The column may count bytes: look the text up instead, from there backwards.
  const at = line.lastIndexOf(first, node.startPosition.column);
  const before = line.slice(0, at === -1 ? node.startPosition.column : at);
  const enabled = source.enabled
    .filter((e) => e.start >= node.startIndex && e.end <= node.endIndex)
    .map((e) => e.text);
  return {
    text,
    indent: ' '.repeat(before.length),
    line: row + 1,
    level: levelAt(node.startIndex, node.endIndex, source),
    ...(enabled.length === 0 ? {} : { enabled }),
  };
}

function levelAt(start: number, end: number, source: Source): Level {
  const inside = source.marks.filter((m) => m.start >= start && m.start < end);
  if (inside.some((m) => m.level === 'behaviour')) return 'behaviour';
  return inside.length > 0 ? 'step' : 'state';
}
