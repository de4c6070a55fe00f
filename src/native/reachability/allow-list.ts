/** Reads the list of functions that a handler may reach, and the exceptions that a person has judged. */
import { join } from 'node:path';
import { Problem } from '../../domain/problem.js';
import { allowListSchema, type HandlerException } from '../../domain/reachability.js';
import { readTextIfThere } from '../../host/files.js';
import { readChecked } from '../../project/schema-errors.js';

export interface AllowedFunctions {
  /** Relative to the root. */
  path: string;
  names: ReadonlySet<string>;
  exceptions: (HandlerException & { line: number })[];
}

/** @param path relative to `root` */
export async function readAllowList(root: string, path: string): Promise<AllowedFunctions> {
  const text = await readTextIfThere(join(root, path));
  if (text === undefined) {
    throw new Problem(
      'REACH-MISSING',
      `${path}: no such file, and native.reachability needs the list of functions that handlers may call`,
      'add it, or correct native.reachability.allowed',
    );
  }
  const { value, problems } = readChecked(text, path, allowListSchema, 'REACH');
  if (value === undefined) throw problems[0] ?? new Error(`${path}: not read`);
  let from = Math.max(0, text.indexOf('"exceptions"'));
  const exceptions = value.exceptions.map((entry) => {
    from = Math.max(from, text.indexOf(JSON.stringify(entry.function), from + 1));
    return { ...entry, line: text.slice(0, from).split('\n').length };
  });
  return { path, names: new Set(value.safe.flatMap((group) => group.names)), exceptions };
}
