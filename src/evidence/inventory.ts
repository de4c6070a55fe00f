/** What a project declares, gathered for the record from the modules as they were read. Pure. */
import type { Inventory, InventoryModule } from '../domain/inventory.js';
import type { Assumption } from '../domain/project.js';
import { constantsOf } from '../engine/plan.js';
import type { LoadedModule } from '../project/loaded-module.js';
import { flattenOutlines } from '../source/outline.js';
import { variablesRead } from './spec-findings.js';

export interface InventoryInput {
  requiredRung: number;
  assumptions: readonly Assumption[];
  modules: readonly LoadedModule[];
  /** Names of the modules whose findings the record has. */
  measured: ReadonlySet<string>;
}

/** Every module with its claims, models and tables, in the order of the manifests. */
export function takeInventory(input: InventoryInput): Inventory {
  return {
    requiredRung: input.requiredRung,
    assumptions: [...input.assumptions],
    modules: input.modules.map((module) => describeModule(module, input.measured.has(module.name))),
  };
}

function describeModule(module: LoadedModule, measured: boolean): InventoryModule {
  const names = new Set([
    ...Object.keys(module.claims),
    ...module.models.flatMap(({ config }) => [...config.invariants, ...config.properties].map((p) => p.name)),
  ]);
  return {
    name: module.name,
    path: module.fileRel,
    ...(module.manifestRel === undefined ? {} : { manifest: module.manifestRel }),
    claims: Object.entries(module.claims).map(([name, entry]) => ({ name, ...entry })),
    definitions: Object.fromEntries(
      [...names].flatMap((name) => {
        const found = define(module, name);
        return found === undefined ? [] : [[name, found] as const];
      }),
    ),
    reads: variablesRead(Object.keys(module.claims), module.outlines),
    findings: measured ? 'measured' : 'not measured',
    models: module.models.map(({ id, role, declared, config }) => ({
      id,
      role,
      declared,
      constants: Object.entries(constantsOf(config)).map(([name, value]) => ({ name, value })),
      enabled: {
        invariants: config.invariants.map((p) => p.name),
        properties: config.properties.map((p) => p.name),
        deadlock: config.checkDeadlock?.value ?? true,
      },
    })),
    tables: module.declared.workbench?.tables ?? [],
  };
}

function define(module: LoadedModule, name: string): InventoryModule['definitions'][string] | undefined {
  for (const outline of flattenOutlines(module.outlines)) {
    const found = outline.definitions.find((d) => d.name === name);
    if (found) return { path: outline.file, line: found.line, text: found.text };
  }
  return undefined;
}
