/** What a model declares, as a baseline keeps it: all that bounds, weakens or grounds what its run shows. Pure. */
import type { BaselineModel, FormulaTree } from '../domain/baseline.js';
import type { Model } from '../domain/model.js';
import { inspectModel } from '../project/inspection.js';
import type { LoadedModule } from '../project/loaded-module.js';
import type { DefinitionScope } from './definition-scope.js';
import { showFormula } from './formula-order.js';

export function describeModel(model: Model, module: LoadedModule, scope: DefinitionScope): BaselineModel {
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
    constants: Object.fromEntries(
      config.constants.map((c) => [
        c.module === undefined ? c.name : `[${c.module}]${c.name}`,
        c.kind === 'assign' ? c.value : `<- ${c.value}`,
      ]),
    ),
    checks: [...config.invariants, ...config.properties].map((p) => p.name).sort(),
    deadlock: config.checkDeadlock?.value ?? true,
    violates: [
      ...(workbench?.violates === undefined ? [] : [workbench.violates]),
      ...[...(workbench?.alsoViolates ?? [])].sort(),
    ],
    behaviour: specification
      ? `SPECIFICATION ${specification.name}`
      : [init && `INIT ${init.name}`, next && `NEXT ${next.name}`].filter((part) => part).join(' '),
    fairness: specification === undefined ? [] : findFairness(specification.name, scope),
    reductions: reductions.map(({ kind, name }) => `${kind} ${name}`).sort(),
    operators: scope.reach([
      ...reductions.filter((r) => r.kind !== 'SUBSTITUTION').map((r) => r.name),
      ...replaced,
    ]),
    assumptions: [...(workbench?.assumptions ?? [])].sort(),
    observed: workbench?.observed !== undefined,
    pinned: Object.fromEntries(
      Object.entries(pins).flatMap(([name, n]) => (n === undefined ? [] : [[name, n]])),
    ),
  };
}

/** Names of the definitions that a model's behaviours start from. */
export function behaviourNames({ config: { specification, init, next } }: Model): string[] {
  return [specification, init, next].flatMap((part) => part?.name ?? []);
}

const TEMPORAL = /(?<!\w)[WS]F_|(?<!<)<>(?!>)|~>/;
/** The same sign stands between the arms of a CASE. */
const isAlways = (text: string): boolean => /\[\](?!\[)/.test(text) && !/(?<!\w)CASE(?!\w)/.test(text);
/** `[][Next]_vars` says which steps there are; every other temporal part says which behaviours are left out. */
const STEPS = /^\[.*\]_/s;

/** Whether a formula leaves out behaviours: weak and strong fairness, and temporal formulas of any other kind. */
function isFair(tree: FormulaTree, names: ReadonlySet<string>): boolean {
  if (typeof tree === 'string')
    return (
      TEMPORAL.test(tree) || isAlways(tree) || (tree.match(/\w+/g) ?? []).some((word) => names.has(word))
    );
  const [op, ...parts] = tree;
  if (op === 'always' && typeof parts[0] === 'string' && STEPS.test(parts[0])) return false;
  return op === 'always' || parts.some((part) => isFair(part, names));
}

/** The conjuncts of a specification that are about fairness, those of the operators it is made of included. */
function findFairness(specification: string, scope: DefinitionScope): string[] {
  const reached = scope.reach([specification]).flatMap((key) => scope.find(key)?.form ?? []);
  const fair = new Set<string>();
  // An operator is about fairness when it uses one that is, however many steps away.
  for (let before = -1; before !== fair.size;) {
    before = fair.size;
    for (const { name, tree } of reached) if (isFair(tree, fair)) fair.add(name);
  }
  const conjuncts = reached
    .filter(({ name }) => fair.has(name))
    .flatMap(({ tree }) => (Array.isArray(tree) && tree[0] === 'and' ? tree.slice(1) : [tree]))
    .filter((tree) => isFair(tree, fair))
    .map(showFormula);
  return [...new Set(conjuncts)].sort();
}
