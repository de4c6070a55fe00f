/** What a module declares, as a baseline keeps it: claims with their definitions, ASSUMEs, models, steps. Pure. */
import type { BaselineModule, FormulaTree } from '../domain/baseline.js';
import { canonicalJson, sha256Json } from '../host/files.js';
import type { LoadedModule } from '../project/loaded-module.js';
import { flattenOutlines } from '../source/outline.js';
import type { NormalDefinition, NormalModule } from '../source/tla-normal.js';
import { makeScope, type DefinitionScope } from './definition-scope.js';
import { sortFormula } from './formula-order.js';
import { behaviourNames, describeModel } from './model-facts.js';

export interface ModuleSources {
  /** Of every file of the closure, in its order. */
  files: { path: string; sha256: string; modules: NormalModule[] }[];
  /** sha256 of the text of each model's configuration, by the model's id. */
  configs: ReadonlyMap<string, string>;
}

/** A module without what only runs can show. */
export type DeclaredClaim = Pick<
  BaselineModule['claims'][number],
  'name' | 'statement' | 'kind' | 'auxiliary' | 'redundant' | 'operators'
>;
export type DeclaredModule = Omit<BaselineModule, 'claims'> & { claims: DeclaredClaim[] };

/** Characters of a hash that are kept: enough to tell versions of one thing apart. */
const SHORT = 12;
const shortHash = (value: unknown): string => sha256Json(value).slice(0, SHORT);

export function describeModule(module: LoadedModule, sources: ModuleSources): DeclaredModule {
  const normals = sources.files.flatMap((f) => f.modules);
  const scope = makeScope(module.outlines, normals);
  const claims = Object.entries(module.claims).map(([name, entry]) => ({
    name,
    statement: entry.statement,
    kind: entry.kind,
    auxiliary: entry.auxiliary ?? false,
    redundant: entry.redundant !== undefined,
    operators: scope.reach([name]),
  }));
  const models = module.models.map((model) => describeModel(model, module, scope));
  const assumes = describeAssumes(module, normals, scope);
  const used = new Set([...claims, ...models, ...assumes].flatMap((one) => one.operators));
  const explored = scope.reach(module.models.flatMap(behaviourNames)).filter((key) => !used.has(key));
  const { workbench } = module.declared;
  return {
    name: module.name,
    path: module.fileRel,
    inputs: inputsOf(module, sources),
    text: textOf(module, normals),
    definitions: Object.fromEntries([...used].sort().map((key) => [key, treeOf(scope.find(key)?.form)])),
    explored: Object.fromEntries(
      explored.map((key) => [key, shortHash(sortFormula(treeOf(scope.find(key)?.form)))]),
    ),
    assumes,
    claims,
    models,
    steps: (workbench?.protectiveSteps ?? []).map(({ step, model, noticedBy, delete: edits }) => ({
      step,
      model,
      noticedBy: [...(noticedBy ?? [])].sort(),
      text: shortHash(edits),
    })),
    accepted: (workbench?.accepted ?? []).map(({ finding, name, text, reason }) => ({
      finding: [finding, name, ...(text === undefined ? [] : [text])].join(' '),
      reason,
    })),
  };
}

/** A definition's formula, behind its head where it has parameters. */
function treeOf(form: NormalDefinition | undefined): FormulaTree {
  if (form === undefined) return '';
  return form.head === form.name ? form.tree : ['with parameters', form.head, form.tree];
}

function describeAssumes(
  module: LoadedModule,
  normals: readonly NormalModule[],
  scope: DefinitionScope,
): BaselineModule['assumes'] {
  return flattenOutlines(module.outlines).flatMap((outline) =>
    outline.assumptions.flatMap(({ line, references }) => {
      const formula = normals
        .find((n) => n.name === outline.module)
        ?.assumptions.find((a) => a.line === line)?.tree;
      return formula === undefined ? [] : [{ formula, operators: scope.reach(references, outline.module) }];
    }),
  );
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

/** Over what the module says, however it is laid out and in whatever order its definitions and conjuncts stand. */
function textOf(module: LoadedModule, normals: readonly NormalModule[]): string {
  const outlines = flattenOutlines(module.outlines);
  return sha256Json({
    modules: normals.map(({ definitions, assumptions, instances }) => [
      definitions.map(({ head, tree }) => canonicalJson([head, sortFormula(tree)])).sort(),
      assumptions.map(({ tree }) => canonicalJson(sortFormula(tree))).sort(),
      instances.map(({ text }) => text),
    ]),
    declared: outlines.map((o) => [o.extends, o.constants, o.variables].map((l) => l.map((d) => d.name))),
  });
}
