/**
 * Finds every module that a module needs among those of the repository. Contract: looks beside the module first, as
 * TLC does, then at TLC's own, then in all other folders, where a name must stand for one text only. Pure.
 */
import { flattenOutlines } from '../source/outline.js';
import { namedModules, STANDARD_MODULES } from '../project/module-closure.js';
import type { ModuleFacts } from './module-facts.js';

export interface FoundClosure {
  /** Root module first. */
  modules: ModuleFacts[];
  /** Names that are nowhere. */
  missing: string[];
  /** A name that several folders give different texts to, said in one line each. */
  ambiguous: string[];
  /** Folders, other than the root module's, in which modules were found. */
  folders: string[];
}

/** The closure of `root`, found among `all`. */
export function findClosure(root: ModuleFacts, all: readonly ModuleFacts[]): FoundClosure {
  const closure: FoundClosure = { modules: [], missing: [], ambiguous: [], folders: [] };
  const addOnce = <T>(list: T[], value: T): void => {
    if (!list.includes(value)) list.push(value);
  };
  const waiting = [root];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (closure.modules.includes(next)) continue;
    closure.modules.push(next);
    const inside = new Set(flattenOutlines([next.outline]).map((o) => o.module));
    for (const { name, line } of namedModules(next.outline)) {
      if (inside.has(name)) continue;
      const named = all.filter((m) => m.name === name);
      const beside = named.find((m) => m.folder === root.folder);
      if (beside !== undefined) waiting.push(beside);
      if (beside !== undefined || STANDARD_MODULES.has(name)) continue;
      const [nearest, ...others] = named.sort((a, b) => byDistance(root.folder, a, b));
      if (nearest === undefined) {
        addOnce(closure.missing, name);
      } else if (others.some((m) => m.text !== nearest.text)) {
        const where = named.map((m) => m.path).join(', ');
        addOnce(closure.ambiguous, `${next.path}:${line}: module ${name} may be any of ${where}`);
      } else {
        addOnce(closure.folders, nearest.folder === '' ? '.' : nearest.folder);
        waiting.push(nearest);
      }
    }
  }
  return closure;
}

/** Steps from one folder to another. */
export function distance(from: string, to: string): number {
  const [a, b] = [from, to].map((folder) => folder.split('/').filter((part) => part !== ''));
  let common = 0;
  while (common < Math.min(a?.length ?? 0, b?.length ?? 0) && a?.[common] === b?.[common]) common += 1;
  return (a?.length ?? 0) + (b?.length ?? 0) - 2 * common;
}

function byDistance(from: string, a: ModuleFacts, b: ModuleFacts): number {
  return distance(from, a.folder) - distance(from, b.folder) || (a.path < b.path ? -1 : 1);
}
