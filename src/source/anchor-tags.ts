/**
 * Finds the tags `@claim` and `@unmodelled` in a source text and reads their words: ids, or a reason. Where a tag
 * stands is judged in anchors.ts; what is wrong with its own words is a fault here.
 */
import { claimIdSchema } from '../domain/claim.js';
import type { NativeSource } from './native-functions.js';

/** One tag as it is written, wherever it stands. */
export interface Tag {
  kind: '@claim' | '@unmodelled';
  offset: number;
  claims: string[];
  reason?: string;
  /** The comment it stands in; none: a string or code. */
  comment?: { start: number; end: number };
  /** It stands in a comment within that comment: the code it belonged to is commented out. */
  commentedOut?: boolean;
}

const tagWord = /@(claim|unmodelled)\b/g;

/** Every tag in the text; what is wrong with its own words is a fault at once. */
export function findTags(source: NativeSource, fault: (offset: number, message: string) => void): Tag[] {
  const tags: Tag[] = [];
  for (const match of source.text.matchAll(tagWord)) {
    const offset = match.index;
    const span = source.spans.find((s) => s.start <= offset && offset < s.end);
    const kind = match[1] === 'claim' ? '@claim' : '@unmodelled';
    const rest = source.text.slice(offset + match[0].length, span?.end).replace(/\*\/$/, '');
    if (span?.kind !== 'comment') {
      tags.push({ kind, offset, claims: [] });
      continue;
    }
    const before = source.text.slice(source.text.lastIndexOf('\n', offset - 1) + 1, offset);
    if (!/^[\s/*#!]*$/.test(before.slice(Math.max(0, span.start - offset + before.length)))) {
      // In the middle of a sentence it is talk about anchors, unless an id follows.
      if (/^\s+\w+!\w+/.test(rest)) fault(offset, `${kind} must be the first word of its comment line`);
      continue;
    }
    const firstLine = rest.split('\n', 1)[0]?.trim() ?? '';
    const tag: Tag = { kind, offset, claims: [], comment: span };
    if (isCommentedOut(source.text, span, offset)) tag.commentedOut = true;
    if (kind === '@unmodelled') {
      tag.reason = readReason(source, span.end, rest);
      if (tag.reason === '') fault(offset, '@unmodelled without a reason');
    } else {
      const ids = firstLine.split(/[\s,]+/).filter((id) => id !== '');
      if (ids.length === 0) fault(offset, '@claim without an id (Module!Claim)');
      for (const id of ids) {
        if (claimIdSchema.safeParse(id).success) tag.claims.push(id);
        else fault(offset, `dangling @claim: "${id}" is no claim id (Module!Claim)`);
      }
    }
    tags.push(tag);
  }
  return tags;
}

/** `// // @claim`, or `// @claim` on a line within a block comment: two comments, one in the other. */
function isCommentedOut(text: string, span: { start: number; end: number }, offset: number): boolean {
  const line = text.lastIndexOf('\n', offset - 1) + 1;
  const markers = text.slice(Math.max(span.start, line), offset).match(/\/\/+!?|\/\*+!?|\*+|#+!?/g) ?? [];
  return markers.length > 1 || (span.start < line && /^\/\//.test(markers[0] ?? ''));
}

/** A reason goes on over the next lines of its comment block, up to an empty one or the next tag. */
function readReason(source: NativeSource, commentEnd: number, rest: string): string {
  let words = rest;
  let end = commentEnd;
  for (;;) {
    const next = source.spans.find((s) => s.start >= end);
    if (next?.kind !== 'comment' || !/^\r?\n?[ \t]*$/.test(source.text.slice(end, next.start))) break;
    words += `\n${source.text.slice(next.start, next.end)}`;
    end = next.end;
  }
  const lines: string[] = [];
  for (const line of words.split('\n')) {
    const plain = line
      .replace(/^\s*(?:\/\/[/!]?|\/\*+|\*+\/|\*|#)/, '')
      .replace(/\*+\/\s*$/, '')
      .trim();
    if (plain === '' || /^@(?:claim|unmodelled)\b/.test(plain)) break;
    lines.push(plain);
  }
  return lines.join(' ');
}
