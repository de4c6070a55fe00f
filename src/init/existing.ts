/** What a repository has already: manifests of ours, which are kept, and files of their name that are another program's. */
import { manifestSchema } from '../domain/manifest.js';
import type { Problem } from '../domain/problem.js';
import { readJson } from '../project/json-text.js';
import { readChecked } from '../project/schema-errors.js';

export interface Existing {
  /** Manifests of TLA+ modules. */
  kept: string[];
  /** Files named manifest.json that say nothing of modules. */
  others: string[];
  /** Configurations that the kept ones name. */
  named: Set<string>;
  /** Modules that the kept ones name. */
  modules: Set<string>;
  problems: Problem[];
}

/** Reads every manifest.json that was found; what is no TLA+ manifest is no mistake. */
export function readExisting(files: readonly { path: string; text: string }[]): Existing {
  const existing: Existing = { kept: [], others: [], named: new Set(), modules: new Set(), problems: [] };
  for (const { path, text } of files) {
    if (!isOfModules(text)) {
      existing.others.push(path);
      continue;
    }
    const read = readChecked(text, path, manifestSchema, 'MANIFEST');
    existing.kept.push(path);
    existing.problems.push(...read.problems);
    for (const module of read.value?.modules ?? []) {
      existing.modules.add(module.path);
      for (const model of module.models) existing.named.add(model.path);
    }
  }
  return existing;
}

/** Whether a text speaks of TLA+ modules, be it wrong in detail; of a text that is no JSON, whether it seems to. */
function isOfModules(text: string): boolean {
  const json = readJson(text);
  if ('message' in json) return /\.tla"|"modules"\s*:\s*\[/.test(text);
  const { modules } = (json.value ?? {}) as { modules?: unknown };
  if (!Array.isArray(modules)) return false;
  const paths = modules.map((entry: unknown) => (isObject(entry) ? entry.path : 'none'));
  return paths.every((path) => path === undefined) || paths.some((path) => /\.tla$/.test(String(path)));
}

const isObject = (value: unknown): value is { path?: unknown } => typeof value === 'object' && value !== null;
