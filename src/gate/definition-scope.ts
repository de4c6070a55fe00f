/**
 * Which definition a name means, seen from the module that uses it: its own, one that EXTENDS or an unnamed INSTANCE
 * brings, or one of a named instance. Contract: two definitions of one name are never taken for each other, and a name
 * that cannot be resolved stands for every definition that has it. Pure.
 */
import { flattenOutlines, type Outline } from '../source/outline.js';
import type { NormalDefinition, NormalModule } from '../source/tla-normal.js';

/** A definition in the module that has it. */
interface Defined {
  module: string;
  form: NormalDefinition;
  references: string[];
  local: boolean;
}

export interface DefinitionScope {
  /** Keys of all definitions that the names depend on, sorted: `Op` as the root module sees it, else `Module!Op`. */
  reach(names: readonly string[], from?: string): string[];
  /** The definition behind a key, with the module that has it. */
  find(key: string): { module: string; form: NormalDefinition } | undefined;
}

/**
 * @param outlines of the module's closure, root module first
 * @param normals the same modules by structure
 */
export function makeScope(outlines: readonly Outline[], normals: readonly NormalModule[]): DefinitionScope {
  const modules = new Map<string, Outline>();
  const parents = new Map<string, string>();
  for (const outline of flattenOutlines(outlines)) {
    if (!modules.has(outline.module)) modules.set(outline.module, outline);
    for (const { module } of outline.nested) parents.set(module, outline.module);
  }
  const root = outlines[0]?.module ?? '';
  const tables = new Map<string, Map<string, Defined>>();
  for (const [module, outline] of modules)
    tables.set(module, readTable(outline, normals.find((n) => n.name === module) ?? emptyNormal(module)));

  /** An own or visible definition; `seen` ends the circle of two modules that name each other. */
  const resolve = (name: string, from: string, isOutside = false, seen = new Set<string>()): Defined[] => {
    const outline = modules.get(from);
    if (outline === undefined || seen.has(from)) return [];
    seen.add(from);
    const own = tables.get(from)?.get(name);
    if (own !== undefined && !(isOutside && own.local)) return [own];
    for (const { name: other } of outline.extends) {
      const found = resolve(name, other, true, seen);
      if (found.length > 0) return found;
    }
    for (const instance of outline.instances) {
      if (instance.name !== undefined || (isOutside && instance.local)) continue;
      const found = resolve(name, instance.module, true, seen);
      // What the instance puts in place of constants and variables is a part of what the name means.
      const by = tables.get(from)?.get(instanceKey(instance.module));
      if (found.length > 0) return by === undefined ? found : [...found, by];
    }
    const parent = parents.get(from);
    return parent === undefined ? [] : resolve(name, parent, false, seen);
  };
  const resolveQualified = (name: string, from: string): Defined[] => {
    const [first = '', ...rest] = name.split('!');
    if (rest.length === 0) return resolve(name, from);
    const holder = resolve(first, from)[0];
    const instance = modules.get(holder?.module ?? '')?.instances.find((i) => i.name === first);
    const inside = instance === undefined ? [] : resolveQualified(rest.join('!'), instance.module);
    return holder === undefined || inside.length === 0 ? [] : [holder, ...inside];
  };
  const keyOf = (defined: Defined): string => {
    const { name } = defined.form;
    const isSeen = resolve(name, root).some(
      (other) => other.module === defined.module && other.form === defined.form,
    );
    return isSeen ? name : `${defined.module}!${name}`;
  };
  const everywhere = (name: string): Defined[] => {
    const last = name.slice(name.lastIndexOf('!') + 1);
    return [...tables.values()].flatMap((table) => table.get(last) ?? []);
  };
  const found = new Map<string, Defined>();
  // Each model asks for the same names again.
  const meanings = new Map<string, [string, Defined][]>();
  const meaningOf = (name: string, from: string): [string, Defined][] => {
    const known = meanings.get(`${from} ${name}`);
    if (known !== undefined) return known;
    const resolved = resolveQualified(name, from);
    // An instance without WITH puts what has the name of a variable in its place, in whatever module that stands.
    const isOpen = resolved.length === 0 && (from !== root || name.includes('!'));
    const meaning = (isOpen ? everywhere(name) : resolved).map((d): [string, Defined] => [keyOf(d), d]);
    meanings.set(`${from} ${name}`, meaning);
    return meaning;
  };
  return {
    reach: (names, start = root) => {
      const reached = new Set<string>();
      const waiting = names.map((name): [string, string] => [name, start]);
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        const [name, from] = next;
        for (const [key, defined] of meaningOf(name, from)) {
          if (reached.has(key)) continue;
          reached.add(key);
          found.set(key, defined);
          waiting.push(...defined.references.map((r): [string, string] => [r, defined.module]));
        }
      }
      return [...reached].sort();
    },
    find: (key) => found.get(key),
  };
}

const emptyNormal = (name: string): NormalModule => ({
  name,
  definitions: [],
  assumptions: [],
  instances: [],
});
const instanceKey = (module: string): string => `INSTANCE ${module}`;

/** Definitions of one module by name, its unnamed instances among them. */
function readTable(outline: Outline, normal: NormalModule): Map<string, Defined> {
  const { module } = outline;
  const table = new Map<string, Defined>();
  for (const form of normal.definitions) {
    const definition = outline.definitions.find((d) => d.name === form.name);
    const { references = [], local = false } = definition ?? {};
    table.set(form.name, { module, form, references, local });
  }
  for (const { module: of, line, text } of normal.instances) {
    const name = instanceKey(of);
    const references = outline.instances.find((i) => i.line === line)?.references ?? [];
    table.set(name, { module, form: { head: name, name, line, tree: text }, references, local: true });
  }
  return table;
}
