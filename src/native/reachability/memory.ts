/** The memory that values live in, and what a value may be. Pure. */
import type { Path } from './paths.js';
import type { Definition, Variable } from './program.js';

/** Memory with a name: a variable of a function, or a global one. What one call allocates counts as one variable. */
export type MemoryObject =
  { kind: 'local'; definition: Definition; name: string } | { kind: 'global'; variable: Variable };

export interface MemoryPlace {
  object: MemoryObject;
  path: Path;
}

export interface Values {
  functions: Set<Definition>;
  /** Names of functions that are only declared. */
  outside: Set<string>;
  places: MemoryPlace[];
  unknown: Set<string>;
  /** It may be a constant that is no address: null, SIG_IGN. */
  constant: boolean;
}

/** Nothing found so far. */
export const noValues = (): Values => ({
  functions: new Set(),
  outside: new Set(),
  places: [],
  unknown: new Set(),
  constant: false,
});

/** Objects are few: one per variable; the same variable is the same key. */
export function keyOf(object: MemoryObject): string {
  return object.kind === 'local'
    ? `${object.definition.module.file} ${object.definition.body.name} %${object.name}`
    : `${object.variable.module.file} @${object.variable.global.name}`;
}
