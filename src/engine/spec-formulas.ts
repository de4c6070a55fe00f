/** A module's closure as formulas, and the lookup of names in it as TLA+ does it. Pure. */
import type { FormulaDefinition, ModuleFormulas } from '../source/formula.js';

export interface SpecFormulas {
  /** Every module of the closure, root first. */
  modules: ModuleFormulas[];
  /** The modules that a module extends, however far. */
  extended: (module: string) => string[];
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
