/** What a file of the native folder says to whoever builds it: without comments and layout, where its language is read. */
import { canonicalJson, parseJson } from '../host/files.js';
import { findLexicalSpans, type Dialect } from './lexical-spans.js';
import { dialectOf } from './native-functions.js';

/** Empty for a text that is written for people alone. */
export function codeOfFile(path: string, text: string): string {
  if (/\.md$/i.test(path)) return '';
  if (path.endsWith('.json')) return codeOfJson(path, text);
  const dialect = dialectOf(path);
  return dialect === undefined ? text : withoutLayout(text, dialect);
}

/** Strings stay as they are; a comment is a blank. */
function withoutLayout(text: string, dialect: Dialect): string {
  const strings: string[] = [];
  let masked = '';
  let at = 0;
  for (const { kind, start, end } of findLexicalSpans(text, dialect)) {
    masked += text.slice(at, start) + (kind === 'comment' ? ' ' : '\u0000');
    if (kind === 'string') strings.push(text.slice(start, end));
    at = end;
  }
  masked += text.slice(at);
  return squeeze(masked, dialect).replace(/\u0000/g, () => strings.shift() ?? '');
}

/** Where a line ends matters in some languages, where it begins in one, and in C to directives alone. */
function squeeze(code: string, dialect: Dialect): string {
  const lines = code.split('\n').filter((line) => line.trim() !== '');
  if (dialect === 'python') return lines.map((line) => line.trimEnd()).join('\n');
  const tight = lines.map((line) => line.replace(/\s+/g, ' ').trim());
  if (dialect === 'go' || dialect === 'typescript') return tight.join('\n');
  let isDirective = false;
  return tight
    .map((line, i) => {
      const before = isDirective;
      isDirective = line.startsWith('#') || (before && (tight[i - 1] ?? '').endsWith('\\'));
      return (i === 0 ? '' : before || isDirective ? '\n' : ' ') + line;
    })
    .join('');
}

function codeOfJson(path: string, text: string): string {
  try {
    return canonicalJson(parseJson(text, path));
  } catch {
    return text;
  }
}
