/** What a model declares, as a baseline keeps it: all that bounds, weakens or grounds what its run shows. Pure. */
import type { BaselineModel } from '../domain/baseline.js';
import type { Model } from '../domain/model.js';
import { inspectModel } from '../project/inspection.js';
import type { LoadedModule } from '../project/loaded-module.js';
import type { DefinitionScope } from './definition-scope.js';
import { findFairness } from './fairness-facts.js';

export function describeModel(model: Model, module: LoadedModule, scope: DefinitionScope): BaselineModel {
  const { config, declared } = model;
  const { specification, init, next } = config;
  const reductions = inspectModel(model, module, module.outlines).reductions;
  const replaced = config.constants.filter((c) => c.kind === 'substitute').map((c) => c.value);
  const named = [...reductions.filter((r) => r.kind !== 'SUBSTITUTION').map((r) => r.name), ...replaced];
  const { distinctStates, totalStates, stateDepth, workbench } = declared;
  const pins = { distinctStates, totalStates, stateDepth };
  const fairness = specification && findFairness(specification.name, scope);
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
    fullSet: workbench?.alsoViolates !== undefined,
    ...(workbench?.variantOf === undefined ? {} : { variantOf: workbench.variantOf }),
    differsIn: [...(workbench?.differsIn ?? [])].sort(),
    behaviour: specification
      ? `SPECIFICATION ${specification.name}`
      : [init && `INIT ${init.name}`, next && `NEXT ${next.name}`].filter((part) => part).join(' '),
    fairness: fairness?.conjuncts ?? [],
    reductions: reductions.map(({ kind, name }) => `${kind} ${name}`).sort(),
    operators: [...new Set([...scope.reach(named), ...(fairness?.operators ?? [])])].sort(),
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
