/** A module's closure as formulas, and the lookup of names in it as TLA+ does it. Pure. */
import type { Formula, FormulaDefinition, ModuleFormulas, Slice } from '../source/formula.js';
import type { Outline } from '../source/outline.js';
import { levelsOf } from './formula-levels.js';

export interface SpecFormulas {
  /** Every module of the closure, root first. */
  modules: ModuleFormulas[];
  /** The modules that a module extends, however far. */
  extended: (module: string) => string[];
  /** Outlines of the same modules. */
  outlines: Outline[];
  /** Operators that configurations put in the place of others. */
  substitutes: { name: string; value: string }[];
  /** The first of the TLC registers that the spec leaves free. */
  firstRegister: number;
}

/** An INSTANCE of another module. */
export type Instance = ModuleFormulas['instances'][number];

/** Modules whose definitions stand in the module as if they were its own, itself first. */
function own(spec: SpecFormulas, module: string): ModuleFormulas[] {
  return [module, ...spec.extended(module)].flatMap(
    (name) => spec.modules.find((m) => m.module === name) ?? [],
  );
}

/** The operator that `name` stands for in a module: its own, or that of a module it extends. */
export function findOperator(
  spec: SpecFormulas,
  module: string,
  name: string,
): { definition: FormulaDefinition; file: string } | undefined {
  for (const home of own(spec, module)) {
    const definition = home.definitions.find((d) => d.name === name);
    if (definition) return { definition, file: home.file };
  }
  return undefined;
}

/** The instance named so, as a module sees it. */
export function findInstance(spec: SpecFormulas, module: string, name: string): Instance | undefined {
  return own(spec, module)
    .flatMap((m) => m.instances)
    .find((i) => i.name === name);
}

/** The unnamed instance through which a module sees an operator. */
export function findImport(spec: SpecFormulas, module: string, name: string): Instance | undefined {
  return own(spec, module)
    .flatMap((m) => m.instances)
    .find((i) => i.name === undefined && findOperator(spec, i.module, name) !== undefined);
}

/** Modules that a module, or one that it extends, instantiates for itself alone: who extends it does not see them. */
export const importsOf = (spec: SpecFormulas, module: string): string[] => [
  ...new Set(
    own(spec, module)
      .flatMap((m) => m.instances)
      .filter((i) => i.local && i.name === undefined && !/\bWITH\b/.test(i.slice.text))
      .map((i) => i.module),
  ),
];

/** The conjuncts of a specification that speak of the initial state. */
export function initialConjuncts(spec: SpecFormulas, specification: string): Slice[] {
  const root = spec.modules[0];
  if (!root) return [];
  const levelOf = levelsOf(spec.modules);
  const find = (formula: Formula, slice: Slice, inside: readonly string[]): Slice[] => {
    if (levelOf(slice) === 'state') return [slice];
    if (formula.kind === 'and') return formula.parts.flatMap((p) => find(p.formula, p.slice, inside));
    if (formula.kind !== 'call' || inside.includes(formula.name)) return [];
    const definition = findOperator(spec, root.module, formula.name)?.definition;
    if (!definition || definition.params.length > 0) return [];
    return find(definition.body, definition.bodySlice, [...inside, formula.name]);
  };
  const definition = findOperator(spec, root.module, specification)?.definition;
  return definition ? find(definition.body, definition.bodySlice, [specification]) : [];
}
