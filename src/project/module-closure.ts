/**
 * Follows EXTENDS and INSTANCE from a module to every .tla file it needs, looked up beside the module as TLC does,
 * then in the project's `moduleFolders`. Standard modules of the pinned TLC are left out, but not where a file beside the spec takes their name, as that is
 * the one TLC reads; a module that is nowhere is a problem with the line that names it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Problem } from '../domain/problem.js';
import type { Outline } from '../source/outline.js';
import { recallParse } from '../source/parse-memory.js';
import { readOutline } from '../source/tla-outline.js';
import { flattenOutlines } from '../source/outline.js';
import { toRelative } from './paths.js';

/** Modules that come with TLC 2.18. */
export const STANDARD_MODULES: ReadonlySet<string> = new Set([
  ...['Naturals', 'Integers', 'Reals', 'Sequences', 'FiniteSets', 'Bags'],
  ...['TLC', 'RealTime', 'Randomization', 'Toolbox', 'Peano', 'ProtoReals'],
]);

export interface Closure {
  /** Absolute, root module first. */
  files: string[];
  /** One per file, in the same order; `file` in them is relative to the repository root. */
  outlines: Outline[];
  problems: Problem[];
  /** Modules that are nowhere; each has a problem as well. */
  missing: string[];
}

/**
 * Reads a module and everything it extends or instantiates.
 * @param folders relative to the root: where a module is looked for that is neither beside the spec nor standard
 */
export async function readClosure(
  root: string,
  file: string,
  folders: readonly string[] = [],
): Promise<Closure> {
  const closure: Closure = { files: [], outlines: [], problems: [], missing: [] };
  const waiting = [file];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (closure.files.includes(next)) continue;
    const shown = toRelative(root, next);
    const text = readFileSync(next, 'utf8');
    const outline = await recallParse('outline', [shown, text], () => readOutline(text, shown));
    closure.files.push(next);
    closure.outlines.push(outline);
    const expected = basename(next, '.tla');
    if (outline.module !== '' && outline.module !== expected) {
      closure.problems.push(
        new Problem(
          'MODULE-NAME',
          `${shown}:${outline.line}: the module is named ${outline.module}, the file ${expected}.tla`,
          'give both one name; TLC looks a module up by its file',
        ),
      );
    }
    const inside = new Set(flattenOutlines([outline]).map((o) => o.module));
    for (const { name, line } of namedModules(outline)) {
      if (inside.has(name)) continue;
      const beside = join(dirname(file), `${name}.tla`);
      const elsewhere = folders.map((folder) => join(root, folder, `${name}.tla`)).find((f) => existsSync(f));
      if (existsSync(beside)) {
        if (!waiting.includes(beside)) waiting.push(beside);
      } else if (STANDARD_MODULES.has(name)) {
        continue;
      } else if (elsewhere !== undefined) {
        if (!waiting.includes(elsewhere)) waiting.push(elsewhere);
      } else if (!closure.problems.some((p) => p.message.startsWith(`${shown}:${line}: module ${name} `))) {
        if (!closure.missing.includes(name)) closure.missing.push(name);
        closure.problems.push(
          new Problem(
            'MODULE-MISSING',
            `${shown}:${line}: module ${name} is neither beside the spec nor a standard module of TLC`,
            `put ${name}.tla into ${toRelative(root, dirname(file)) || '.'}, or name its folder under moduleFolders in workbench.json; the stable jar has no CommunityModules`,
          ),
        );
      }
    }
  }
  return closure;
}

/** Every module that a module's file extends or instantiates, with the line that names it. */
export function namedModules(outline: Outline): { name: string; line: number }[] {
  return flattenOutlines([outline]).flatMap((o) => [
    ...o.extends,
    ...o.instances.map(({ module, line }) => ({ name: module, line })),
  ]);
}

/** The outlines whose definitions the root module sees unqualified: itself, EXTENDS and unnamed INSTANCE. */
export function findVisible(outlines: readonly Outline[]): Outline[] {
  return follow(outlines, (o) => [
    ...o.extends.map(({ name }) => name),
    ...o.instances.filter((i) => i.name === undefined).map((i) => i.module),
  ]);
}

/** The outlines whose constants and variables are the root module's own: itself and EXTENDS. */
export function findExtended(outlines: readonly Outline[]): Outline[] {
  return follow(outlines, (o) => o.extends.map(({ name }) => name));
}

function follow(outlines: readonly Outline[], next: (outline: Outline) => string[]): Outline[] {
  const all = flattenOutlines(outlines);
  const found: Outline[] = [];
  const waiting = outlines.slice(0, 1);
  for (let outline = waiting.shift(); outline !== undefined; outline = waiting.shift()) {
    if (found.includes(outline)) continue;
    found.push(outline);
    for (const name of next(outline)) {
      const other = all.find((o) => o.module === name);
      if (other !== undefined) waiting.push(other);
    }
  }
  return found;
}
