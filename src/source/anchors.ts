/**
 * Reads anchors: `// @claim Module!Claim` and `// @unmodelled <reason>` in the comment block directly above a function
 * definition. Every function has one or the other and every anchor has a function, or there is a fault that says where.
 */
import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { glob } from 'tinyglobby';
import type { AnchorMap } from '../domain/run-record.js';
import { sha256 } from '../host/files.js';
import { findTags, type Tag } from './anchor-tags.js';
import type { FoundFunction } from './found-functions.js';
import { blank } from './lexical-spans.js';
import { isNativeSource, readNativeSource, type NativeSource } from './native-functions.js';
import { recallParse } from './parse-memory.js';

/** Reads every source file of the folders (relative to `root`). */
export async function readAnchors(root: string, folders: readonly string[]): Promise<AnchorMap> {
  const map: AnchorMap = { functions: [], faults: [], sources: [] };
  const paths = new Set<string>();
  for (const folder of folders) {
    const isFolder = await stat(join(root, folder)).then(
      (s) => s.isDirectory(),
      () => false,
    );
    if (!isFolder) {
      map.faults.push({ path: folder, line: 1, message: 'covered folder does not exist' });
      continue;
    }
    const found = (
      await glob('**/*', {
        cwd: join(root, folder),
        dot: true,
        expandDirectories: false,
        ignore: ['**/node_modules/**', '**/.git/**'],
      })
    )
      .filter(isNativeSource)
      .map((path) => `${folder.replace(/\/+$/, '')}/${path}`);
    if (found.length === 0) {
      map.faults.push({ path: folder, line: 1, message: 'covered folder holds no source file' });
    }
    for (const path of found) paths.add(path);
  }
  for (const path of [...paths].sort()) {
    // Small files, and most of them recalled: a turn of the event loop for each took longer than all the rest.
    const bytes = readFileSync(join(root, path));
    map.sources.push({ path, sha256: sha256(bytes) });
    const text = bytes.toString('utf8');
    const file = await recallParse('anchors', [path, text], () => readFileAnchors(path, text));
    map.functions.push(...file.functions);
    map.faults.push(...file.faults);
  }
  return map;
}

/** Functions and faults of one file. */
export async function readFileAnchors(path: string, text: string): Promise<Omit<AnchorMap, 'sources'>> {
  const source = await readNativeSource(path, text);
  const lineOf = lineCounter(text);
  const faults: AnchorMap['faults'] = [];
  const fault = (offset: number, message: string): void => {
    faults.push({ path, line: lineOf(offset), message });
  };
  for (const { offset, message } of source.faults) fault(offset, message);

  const tags = findTags(source, fault);
  const tagsOf = new Map<FoundFunction, Tag[]>();
  for (const tag of tags) {
    const place = placeOf(tag, source);
    if (typeof place === 'string') fault(tag.offset, `dangling ${tag.kind}: ${place}`);
    else tagsOf.set(place, [...(tagsOf.get(place) ?? []), tag]);
  }
  const functions = source.functions.map((found) => {
    const own = tagsOf.get(found) ?? [];
    const claims = [...new Set(own.flatMap((t) => t.claims))];
    const unmodelled = own.find((t) => t.reason !== undefined)?.reason;
    if (own.length === 0)
      fault(found.nameOffset, `function ${found.name} has neither @claim nor @unmodelled`);
    if (claims.length > 0 && unmodelled !== undefined) {
      fault(found.nameOffset, `function ${found.name} has both @claim and @unmodelled`);
    }
    const line = lineOf(found.nameOffset);
    return { name: found.name, path, line, claims, ...(unmodelled === undefined ? {} : { unmodelled }) };
  });
  faults.sort((a, b) => a.line - b.line);
  return { functions, faults };
}

/** The function a tag stands above, or why there is none. */
function placeOf(tag: Tag, source: NativeSource): FoundFunction | string {
  if (tag.comment === undefined) {
    const inString = source.spans.some((s) => s.start <= tag.offset && tag.offset < s.end);
    return inString ? 'it stands in a string' : 'it stands in no comment';
  }
  if (tag.commentedOut === true) return 'it stands in code that is commented out';
  if (source.dead.some((d) => d.start <= tag.offset && tag.offset < d.end)) {
    return 'it stands in a part that is never compiled (#if 0)';
  }
  const lineStart = source.text.lastIndexOf('\n', tag.comment.start - 1) + 1;
  const comments = source.spans.filter((s) => s.kind === 'comment');
  if (blank(source.text, comments).slice(lineStart, tag.comment.start).trim() !== '') {
    return 'it stands behind code on the same line';
  }
  const end = endOfBlock(tag.comment.end, source);
  const found = source.functions.find((f) => f.start >= end);
  const between = source.text.slice(end, found?.start);
  if (found !== undefined && /^[ \t]*(?:\r?\n)?[ \t]*$/.test(between)) return found;
  // A macro word in front of a definition (`API`) is blanked before the parse, and belongs to it.
  if (
    found !== undefined &&
    /^[ \t]*(?:\r?\n)?(?:[ \t]*[A-Z][A-Z0-9_]{2,}(?:\([^()\n]*\))?\s+)+$/.test(between)
  ) {
    return found;
  }
  const around = source.functions.find((f) => f.start < tag.offset && tag.offset < f.end);
  // Between its attributes, or under `template <…>`: still above what is defined.
  if (around !== undefined && tag.offset < around.nameOffset) return around;
  if (around !== undefined) {
    return `it stands inside ${around.name}; an anchor stands above the function`;
  }
  return describeNext(source.text.slice(end), source, end);
}

/** End of the run of comments that a comment belongs to: nothing but one line end lies between them. */
function endOfBlock(from: number, source: NativeSource): number {
  let end = from;
  for (const span of source.spans) {
    if (span.start < end) continue;
    if (span.kind !== 'comment' || !/^[ \t]*(?:\r?\n)?[ \t]*$/.test(source.text.slice(end, span.start)))
      break;
    end = span.end;
  }
  return end;
}

/** Says what follows an anchor that has no function. */
function describeNext(rest: string, source: NativeSource, end: number): string {
  const code = blank(source.text, source.spans).slice(end);
  if (code.trim() === '') return 'nothing follows it';
  if (/^[ \t]*\r?\n[ \t]*\r?\n/.test(rest)) return 'an empty line parts it from what follows';
  const next = code.trimStart();
  const shown = (next.split('\n')[0] ?? '').trim().slice(0, 50);
  if (/^#\s*\w/.test(next)) return `a preprocessor line follows: ${shown}`;
  if (
    /^(?:typedef|using|class|struct|union|enum|namespace|interface|type|trait|impl|@\w+)\b|^#\[/.test(next)
  ) {
    return `a type or scope follows, not a function: ${shown}`;
  }
  const stop = next.search(/[;{]/);
  if (stop >= 0 && next[stop] === ';') return `a mere declaration follows: ${shown}`;
  return `no function definition follows: ${shown}`;
}

function lineCounter(text: string): (offset: number) => number {
  const starts = [0];
  for (const match of text.matchAll(/\n/g)) starts.push(match.index + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}
