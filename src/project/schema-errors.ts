/** Turns what zod says into lines a user can act on: file, line, JSON path, what was expected, the nearest known key. */
import type { z } from 'zod';
import { Problem } from '../domain/problem.js';
import { nearest } from '../source/spelling.js';
import { readJson } from './json-text.js';

/** Reads a JSON file's text against its schema: the value, or every problem. */
export function readChecked<T>(
  text: string,
  path: string,
  schema: z.ZodType<T>,
  code: string,
): { value: T; problems: [] } | { value: undefined; problems: Problem[] } {
  const json = readJson(text);
  if ('message' in json) {
    const message = `${path}:${json.line}:${json.column}: is not JSON: ${json.message}`;
    return { value: undefined, problems: [new Problem(`${code}-JSON`, message, 'correct it at this place')] };
  }
  const page = code === 'MANIFEST' ? 'docs/manifest.md' : 'docs/project-files.md';
  const parsed = schema.safeParse(json.value);
  if (parsed.success) return { value: parsed.data, problems: [] };
  const problems = parsed.error.issues
    .flatMap((issue) => flattenIssue(issue))
    .sort((a, b) => json.lineOf(a.path) - json.lineOf(b.path))
    .map((issue) => {
      const at = `${path}:${json.lineOf(issue.path)}: ${showPath(issue.path)}`;
      const described = describeIssue(issue, schema, page);
      return new Problem(`${code}-SCHEMA`, `${at}: ${described.message}`, described.hint);
    });
  return { value: undefined, problems };
}

type Issue = z.core.$ZodIssue;

/** `modules[0].models[2].result`; the document itself is `(document)`. */
export function showPath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return '(document)';
  return path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? String(part) : `.${String(part)}`))
    .join('');
}

/** One issue a key that is not known; a union's issue becomes that of the alternative that came furthest. */
function flattenIssue(issue: Issue): Issue[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ ...issue, keys: [key], path: [...issue.path, key] }));
  }
  if (issue.code === 'invalid_union') {
    const deepest = issue.errors
      .map((alternative) => alternative.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })))
      .find((alternative) => alternative.some((inner) => inner.path.length > issue.path.length));
    return deepest === undefined ? [issue] : deepest.flatMap((inner) => flattenIssue(inner));
  }
  return [issue];
}

function describeIssue(issue: Issue, schema: z.ZodType, page: string): { message: string; hint: string } {
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, issue.path.slice(0, -1));
    const key = issue.keys[0] ?? '';
    const close = nearest(key, known);
    return {
      message: `unknown key, expected one of ${known.join(', ')}`,
      hint: close === undefined ? `remove ${key}` : `did you mean ${close}?`,
    };
  }
  if (issue.code === 'invalid_type' && issue.input === undefined && issue.message.endsWith('undefined')) {
    return {
      message: `is missing, expected ${issue.expected}`,
      hint: `add it; ${page} lists the keys`,
    };
  }
  if (issue.code === 'invalid_value') {
    return {
      message: `expected one of ${issue.values.map((v) => JSON.stringify(v)).join(', ')}`,
      hint: 'use one of these values',
    };
  }
  const text = issue.message.replace(/^Invalid (input|string): /, '');
  return { message: text, hint: `${page} lists the keys and their values` };
}

/** Keys that the object schema at a path knows. */
function keysAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  const def = schema._zod.def as {
    type: string;
    shape?: Record<string, z.core.$ZodType>;
    innerType?: z.core.$ZodType;
    element?: z.core.$ZodType;
    valueType?: z.core.$ZodType;
    options?: z.core.$ZodType[];
  };
  if (def.innerType !== undefined) return keysAt(def.innerType, path);
  if (def.options !== undefined) return [...new Set(def.options.flatMap((option) => keysAt(option, path)))];
  const [first, ...rest] = path;
  if (def.shape !== undefined) {
    if (first === undefined) return Object.keys(def.shape);
    const inner = def.shape[String(first)];
    return inner === undefined ? [] : keysAt(inner, rest);
  }
  const inner = def.element ?? def.valueType;
  return inner === undefined || first === undefined ? [] : keysAt(inner, rest);
}
