/** The outline of a TLA+ module as data, and the questions asked of it. Lines count from 1. */

export interface Declared {
  name: string;
  line: number;
}

export interface DeclaredConstant extends Declared {
  /** 0 for a plain constant, else the number of arguments of an operator constant. */
  arity: number;
}

/** `INSTANCE M` or `I == INSTANCE M WITH …`. */
export interface Instance {
  module: string;
  /** The name it is reached by (`I!Op`); absent where its definitions come in unqualified. */
  name?: string;
  local: boolean;
  line: number;
  /** Identifiers used in the substitutions. */
  references: string[];
}

/** An ASSUME or a theorem. */
export interface Statement {
  name?: string;
  line: number;
  text: string;
  references: string[];
}

export interface Conjunct {
  line: number;
  /** Offsets in the file's text (UTF-16). */
  start: number;
  end: number;
  text: string;
}

export interface Definition {
  name: string;
  params: string[];
  kind: 'operator' | 'function' | 'instance';
  local: boolean;
  line: number;
  endLine: number;
  /** Offsets in the file's text (UTF-16). */
  start: number;
  end: number;
  /** The whole definition, `Name == …` included. */
  text: string;
  /** Text of what stands behind `==`. */
  body: string;
  /** Identifiers used but not bound inside, sorted; `I!Op` for an operator of an instance (then `I` as well). */
  references: string[];
  /** The parts of a top-level conjunction, or the whole body as one. */
  conjuncts: Conjunct[];
}

export interface Outline {
  file: string;
  module: string;
  line: number;
  extends: Declared[];
  instances: Instance[];
  constants: DeclaredConstant[];
  variables: Declared[];
  assumptions: Statement[];
  theorems: Statement[];
  recursive: DeclaredConstant[];
  definitions: Definition[];
  /** Modules inside of this one, and further ones in the same file. */
  nested: Outline[];
  errors: { line: number; message: string }[];
}

/** An outline with all modules nested in it. */
export function flattenOutlines(outlines: readonly Outline[]): Outline[] {
  return outlines.flatMap((o) => [o, ...flattenOutlines(o.nested)]);
}

/** The definition of `name` (or of the last part of `I!Op`); the first outline is looked at first. */
export function findDefinition(outlines: readonly Outline[], name: string): Definition | undefined {
  const last = name.slice(name.lastIndexOf('!') + 1);
  for (const outline of flattenOutlines(outlines)) {
    const found = outline.definitions.find((d) => d.name === last);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Text without strings and comments, so that a quote or a prime in them counts for nothing. */
export function codeOf(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|\(\*[\s\S]*?\*\)|\\\*.*$/gm, (skipped) =>
    skipped.startsWith('"') ? '""' : ' ',
  );
}

const TEMPORAL = /'|\[\]|<>|~>|-\+->|□|◇|↝|\b(?:UNCHANGED|ENABLED)\b|\b[WS]F_/;

/**
 * Whether an operator speaks of single states only: neither it nor anything it depends on has a prime or a temporal
 * sign. False where that cannot be told: a module is missing or could not be parsed.
 */
export function isStatePredicate(outlines: readonly Outline[], operator: string): boolean {
  const all = flattenOutlines(outlines);
  const definitions = all.flatMap((o) => o.definitions);
  if (all.some((o) => o.errors.length > 0) || !definitions.some((d) => d.name === operator)) return false;
  const names = dependsOn(outlines, operator);
  if (
    [...names].some(
      (name) => name.includes('!') && !definitions.some((d) => d.name === name.split('!').at(-1)),
    )
  )
    return false;
  return definitions.every((d) => !names.has(d.name) || !TEMPORAL.test(codeOf(d.body)));
}

/**
 * Every name that the operator depends on, itself included: definitions, constants, variables, standard operators.
 * Modules are taken as one name space, so that the set may hold too much but never too little.
 */
export function dependsOn(outlines: Outline | readonly Outline[], operator: string): Set<string> {
  const byName = referencesIn(outlines);
  const reached = new Set<string>();
  const waiting = [operator];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    const bang = name.lastIndexOf('!');
    if (bang >= 0) waiting.push(name.slice(bang + 1));
    waiting.push(...(byName.get(name) ?? []));
  }
  return reached;
}

const references = new WeakMap<object, Map<string, string[]>>();

/** What each name refers to; asked for every claim and action of a module, and made once. */
function referencesIn(outlines: Outline | readonly Outline[]): Map<string, string[]> {
  const known = references.get(outlines);
  if (known !== undefined) return known;
  const byName = new Map<string, string[]>();
  for (const { definitions } of flattenOutlines('definitions' in outlines ? [outlines] : outlines))
    for (const definition of definitions)
      byName.set(definition.name, [...(byName.get(definition.name) ?? []), ...definition.references]);
  references.set(outlines, byName);
  return byName;
}
