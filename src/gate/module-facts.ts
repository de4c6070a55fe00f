/** What a module declares, as a baseline keeps it: claims with their definitions, models with what bounds them. Pure. */
import type { BaselineModel, BaselineModule, FormulaTree } from '../domain/baseline.js';
import type { Model } from '../domain/model.js';
import { constantsOf } from '../engine/plan.js';
import { sha256Json } from '../host/files.js';
import { inspectModel } from '../project/inspection.js';
import type { LoadedModule } from '../project/loaded-module.js';
import { dependsOn, flattenOutlines } from '../source/outline.js';
import type { NormalDefinition } from '../source/tla-normal.js';

/** A module's definitions by name; the first file that has a name is the one that is seen from the module. */
export type DefinitionTable = ReadonlyMap<string, NormalDefinition>;

export interface ModuleSources {
  /** Of every file of the closure, in its order. */
  files: { path: string; sha256: string; forms: NormalDefinition[] }[];
  /** sha256 of the text of each model's configuration, by the model's id. */
  configs: ReadonlyMap<string, string>;
}

/** A module without what only runs can show. */
export type DeclaredClaim = Pick<
  BaselineModule['claims'][number],
  'name' | 'statement' | 'kind' | 'auxiliary' | 'redundant' | 'operators'
>;
export type DeclaredModule = Omit<BaselineModule, 'claims'> & { claims: DeclaredClaim[] };

export function describeModule(module: LoadedModule, sources: ModuleSources): DeclaredModule {
  const table = new Map<string, NormalDefinition>();
  for (const form of sources.files.flatMap((f) => f.forms))
    if (!table.has(form.name)) table.set(form.name, form);
  const closureOf = (names: string[]): string[] =>
    [...new Set(names.flatMap((name) => [...dependsOn(module.outlines, name)]))]
      .filter((name) => table.has(name))
      .sort();
  const claims = Object.entries(module.claims).map(([name, entry]) => ({
    name,
    statement: entry.statement,
    kind: entry.kind,
    auxiliary: entry.auxiliary ?? false,
    redundant: entry.redundant !== undefined,
    operators: closureOf([name]),
  }));
  const models = module.models.map((model) => describeModel(model, module, table, closureOf));
  const used = [...new Set([...claims, ...models].flatMap((one) => one.operators))].sort();
  const { workbench } = module.declared;
  return {
    name: module.name,
    path: module.fileRel,
    inputs: inputsOf(module, sources),
    text: textOf(module, sources),
    definitions: Object.fromEntries(used.flatMap((name) => entryOf(table.get(name)))),
    claims,
    models,
    steps: (workbench?.protectiveSteps ?? []).map(({ step, model, noticedBy }) => ({
      step,
      model,
      noticedBy: [...(noticedBy ?? [])].sort(),
    })),
    accepted: (workbench?.accepted ?? []).map(({ finding, name }) => `${finding} ${name}`),
  };
}

const entryOf = (form: NormalDefinition | undefined): [string, FormulaTree][] =>
  form === undefined ? [] : [[form.head, form.tree]];

function describeModel(
  model: Model,
  module: LoadedModule,
  table: DefinitionTable,
  closureOf: (names: string[]) => string[],
): BaselineModel {
  const { config, declared } = model;
  const { specification, init, next } = config;
  const reductions = inspectModel(model, module, module.outlines).reductions;
  const replaced = config.constants.filter((c) => c.kind === 'substitute').map((c) => c.value);
  const { distinctStates, totalStates, stateDepth, workbench } = declared;
  const pins = { distinctStates, totalStates, stateDepth };
  return {
    path: model.id,
    role: model.role,
    result: declared.result,
    mode: model.mode,
    constants: constantsOf(config),
    checks: [...config.invariants, ...config.properties].map((p) => p.name).sort(),
    deadlock: config.checkDeadlock?.value ?? true,
    violates: [
      ...(workbench?.violates === undefined ? [] : [workbench.violates]),
      ...[...(workbench?.alsoViolates ?? [])].sort(),
    ],
    behaviour: specification
      ? `SPECIFICATION ${specification.name}`
      : [init && `INIT ${init.name}`, next && `NEXT ${next.name}`].filter((part) => part).join(' '),
    fairness: specification === undefined ? [] : findFairness(specification.name, module, table),
    reductions: reductions.map(({ kind, name }) => `${kind} ${name}`).sort(),
    operators: closureOf([
      ...reductions.filter((r) => r.kind !== 'SUBSTITUTION').map((r) => r.name),
      ...replaced,
    ]),
    assumptions: [...(workbench?.assumptions ?? [])].sort(),
    pinned: Object.fromEntries(
      Object.entries(pins).flatMap(([name, n]) => (n === undefined ? [] : [[name, n]])),
    ),
  };
}

const FAIR = /(?<!\w)[WS]F_/;

/** The conjuncts of a specification that are about fairness, those of the operators it is made of included. */
function findFairness(specification: string, module: LoadedModule, table: DefinitionTable): string[] {
  const reached = [...dependsOn(module.outlines, specification)].flatMap((name) => table.get(name) ?? []);
  const isFair = (text: string, names: ReadonlySet<string>): boolean =>
    FAIR.test(text) || (text.match(/\w+/g) ?? []).some((word) => names.has(word));
  const fair = new Set<string>();
  // An operator is about fairness when it uses one that is, however many steps away.
  for (let before = -1; before !== fair.size;) {
    before = fair.size;
    for (const { name, tree } of reached) if (isFair(JSON.stringify(tree), fair)) fair.add(name);
  }
  const conjuncts = reached
    .filter(({ name }) => fair.has(name))
    .flatMap(({ tree }) => (Array.isArray(tree) && tree[0] === 'and' ? tree.slice(1) : [tree]))
    .map((tree) => (typeof tree === 'string' ? tree : JSON.stringify(tree)))
    .filter((text) => isFair(text, fair));
  return [...new Set(conjuncts)].sort();
}

/** Whatever the outcome of the module's models and the verdicts on them depend on. */
function inputsOf(module: LoadedModule, sources: ModuleSources): string {
  const { models, ...declared } = module.declared;
  return sha256Json({
    files: sources.files.map(({ path, sha256 }) => [path, sha256]).sort(),
    configs: [...sources.configs].sort(),
    declared,
    // How long a run took is no part of what it must show.
    models: models.map(({ runtime: _runtime, ...model }) => model),
  });
}

/** Over what the module says, however it is laid out. */
function textOf(module: LoadedModule, sources: ModuleSources): string {
  const outlines = flattenOutlines(module.outlines);
  return sha256Json({
    definitions: sources.files.map((f) => f.forms.map(({ head, tree }) => [head, tree])),
    declared: outlines.map((o) => [o.extends, o.constants, o.variables].map((l) => l.map((d) => d.name))),
    assumptions: outlines.map((o) => o.assumptions.map((a) => a.references)),
  });
}
