/**
 * Holds a model's configuration against its module and against what its manifest declares, before any run.
 * `problems` make the input wrong (exit 2): the engine could not run it, or would misread it. `differences` are where
 * declaration and reality part (exit 1): each turns the model's verdict red. `notes` are said with the verdict.
 */
import type { ReductionKind } from '../domain/manifest.js';
import type { Model, SpecModule } from '../domain/model.js';
import type { Outline } from '../source/outline.js';
import { checkConstants, checkNames } from './config-checks.js';
import type { ModelInspection, Reduction } from './model-inspection.js';
import { findExtended } from './module-closure.js';
import { compareChecks, compareReductions, compareVariant } from './declaration-checks.js';

interface Inspected {
  module: SpecModule;
  siblings: number;
  outlines: readonly Outline[];
  inspection: ModelInspection;
}

const inspected = new WeakMap<Model, Inspected>();

/**
 * Inspects one model; asked again about the same model beside the same others, it has the answer.
 * @param outlines of the module's closure, root module first
 */
export function inspectModel(
  model: Model,
  module: SpecModule,
  outlines: readonly Outline[],
): ModelInspection {
  const siblings = module.models.length;
  const before = inspected.get(model);
  if (before?.module === module && before.siblings === siblings && before.outlines === outlines)
    return before.inspection;
  const inspection = inspect(model, module, outlines);
  inspected.set(model, { module, siblings, outlines, inspection });
  return inspection;
}

function inspect(model: Model, module: SpecModule, outlines: readonly Outline[]): ModelInspection {
  const { config } = model;
  const enabled = {
    invariants: config.invariants.map((i) => i.name),
    properties: config.properties.map((p) => p.name),
    deadlock: config.checkDeadlock?.value ?? true,
  };
  const behaviour = config.specification ?? config.init ?? config.next;
  const variables = findExtended(outlines).flatMap((o) => o.variables);
  const checksNothing = enabled.invariants.length + enabled.properties.length === 0;
  const reductions = findReductions(model, outlines);
  const reduced = compareReductions(model, module, outlines, reductions);
  const checked = compareChecks(model, module, outlines, enabled);
  return {
    model: model.id,
    assumeOnly: behaviour === undefined && variables.length === 0,
    reductions,
    enabled,
    checksNothing,
    differences: [...checked.messages, ...reduced.messages, ...compareVariant(model, module)].map(
      (message) => ({
        model: model.id,
        message,
      }),
    ),
    // Of a model that is not run, the engine misreads nothing.
    problems:
      model.unavailable === undefined
        ? [...checkNames(model, outlines), ...checkConstants(model, outlines)]
        : [],
    notes: [
      ...(checksNothing ? ['checks nothing: no property is enabled'] : []),
      ...checked.notes,
      ...reduced.notes,
    ],
  };
}

/** Everything in the configuration that can hide states or behaviours. */
function findReductions(model: Model, outlines: readonly Outline[]): Reduction[] {
  const { config } = model;
  const constants = new Set(findExtended(outlines).flatMap((o) => o.constants.map((c) => c.name)));
  const of = (kind: ReductionKind, list: { name: string; line: number }[]): Reduction[] =>
    list.map(({ name, line }) => ({ kind, name, line }));
  // TLC lets `Op = 5` replace a definition just as `Op <- Five` does.
  const replaced = config.constants.filter((c) =>
    c.module === undefined ? !constants.has(c.name) : !isConstantOf(outlines, c.module, c.name),
  );
  return [
    ...of('VIEW', config.view),
    ...of('SYMMETRY', config.symmetry),
    ...of('CONSTRAINT', config.constraints),
    ...of('ACTION_CONSTRAINT', config.actionConstraints),
    ...of('SUBSTITUTION', replaced),
  ];
}

function isConstantOf(outlines: readonly Outline[], module: string, name: string): boolean {
  return outlines.some((o) => o.module === module && o.constants.some((c) => c.name === name));
}
