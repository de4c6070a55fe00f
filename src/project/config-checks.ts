/** Checks that what a configuration names exists in the module, and that every constant has a value. All are problems. */
import type { NamedAt } from '../domain/config.js';
import type { Model } from '../domain/model.js';
import { Problem } from '../domain/problem.js';
import { nearest } from '../source/spelling.js';
import { flattenOutlines, type Outline } from '../source/outline.js';
import { findExtended, findVisible, STANDARD_MODULES } from './module-closure.js';

/** Whether a name that is not found may still exist: a file could not be parsed, or a module is missing. */
export function isPartial(outlines: readonly Outline[]): boolean {
  const present = new Set(flattenOutlines(outlines).map((o) => o.module));
  return outlines.some(
    (o) =>
      o.errors.length > 0 ||
      [...o.extends.map((e) => e.name), ...o.instances.map((i) => i.module)].some(
        (name) => !present.has(name) && !STANDARD_MODULES.has(name),
      ),
  );
}

/** `path:line`; what was given on the command line has no line. */
const placeIn = (id: string, line: number): string => (line > 0 ? `${id}:${line}` : id);

/** Names of operators in the configuration that the module does not define. */
export function checkNames(model: Model, outlines: readonly Outline[]): Problem[] {
  const { config, id } = model;
  const problems: Problem[] = [];
  const defined = findVisible(outlines).flatMap((o) => o.definitions);
  const names = defined.map((d) => d.name);
  const partial = isPartial(outlines);
  const need = (keyword: string, named: NamedAt | undefined, constantAllowed = false): void => {
    if (named === undefined || partial) return;
    const constants = constantAllowed
      ? findExtended(outlines).flatMap((o) => o.constants.map((c) => c.name))
      : [];
    if (!names.includes(named.name) && !constants.includes(named.name)) {
      const close = nearest(named.name, names);
      problems.push(
        new Problem(
          'CFG-UNDEFINED',
          `${placeIn(id, named.line)}: ${keyword} ${named.name} is not defined in module ${model.module}`,
          close === undefined
            ? `define ${named.name} in the module, or remove it here`
            : `did you mean ${close}?`,
        ),
      );
      return;
    }
    const params = defined.find((d) => d.name === named.name)?.params.length ?? 0;
    if (params > 0) {
      problems.push(
        new Problem(
          'CFG-ARGUMENTS',
          `${placeIn(id, named.line)}: ${keyword} ${named.name} takes ${params} argument(s)`,
          'a configuration names operators without arguments',
        ),
      );
    }
  };
  need('SPECIFICATION', config.specification);
  need('INIT', config.init);
  need('NEXT', config.next);
  for (const named of config.invariants) need('INVARIANT', named);
  for (const named of config.properties) need('PROPERTY', named);
  for (const named of config.symmetry) need('SYMMETRY', named);
  for (const named of config.view) need('VIEW', named);
  for (const named of config.constraints) need('CONSTRAINT', named);
  for (const named of config.actionConstraints) need('ACTION_CONSTRAINT', named);
  return [...problems, ...checkBehaviour(model, outlines)];
}

/** A module with variables needs a behaviour; without one nothing that is enabled would be looked at. */
function checkBehaviour(model: Model, outlines: readonly Outline[]): Problem[] {
  const { config, id } = model;
  if (config.specification !== undefined || config.init !== undefined || config.next !== undefined) return [];
  const variables = findExtended(outlines).flatMap((o) => o.variables);
  const first = [...config.invariants, ...config.properties][0];
  if (variables.length === 0 && first === undefined) return [];
  const why = first === undefined ? `module ${model.module} has variables` : `${first.name} is enabled`;
  return [
    new Problem(
      'CFG-BEHAVIOUR',
      `${id}: names no SPECIFICATION and no INIT and NEXT, but ${why}`,
      'add SPECIFICATION Spec',
    ),
  ];
}

/** Constants without a value, values for what is no constant, and substitutes that are not defined. */
export function checkConstants(model: Model, outlines: readonly Outline[]): Problem[] {
  const { config, id } = model;
  if (isPartial(outlines)) return [];
  const problems: Problem[] = [];
  const declared = findExtended(outlines).flatMap((o) => o.constants.map((c) => ({ ...c, file: o.file })));
  const all = flattenOutlines(outlines);
  const defined = new Set(all.flatMap((o) => o.definitions.map((d) => d.name)));
  const valued = new Set(config.constants.filter((c) => c.module === undefined).map((c) => c.name));
  for (const { name, line, file } of declared) {
    if (valued.has(name)) continue;
    problems.push(
      new Problem(
        'CFG-NO-VALUE',
        `${id}: constant ${name} (${file}:${line}) has no value`,
        `add CONSTANT ${name} = …`,
      ),
    );
  }
  const names = declared.map((d) => d.name);
  const isKnown = ({ module, name }: (typeof config.constants)[number]): boolean =>
    module === undefined ? names.includes(name) || defined.has(name) : namesOf(all, module).includes(name);
  for (const c of config.constants) {
    // Operators of standard modules (`Nat <- Small`) have no outline: TLC says where they are not known.
    if (!isKnown(c) && !isStandard(c.name)) {
      const close = nearest(c.name, names);
      problems.push(
        new Problem(
          'CFG-CONSTANT-UNKNOWN',
          `${placeIn(id, c.line)}: ${c.name} is neither a constant nor a definition of module ${c.module ?? model.module}`,
          close === undefined ? 'remove it: TLC would ignore it in silence' : `did you mean ${close}?`,
        ),
      );
    }
    if (c.kind === 'substitute' && !defined.has(c.value) && !names.includes(c.value)) {
      const close = nearest(c.value, [...defined]);
      problems.push(
        new Problem(
          'CFG-UNDEFINED',
          `${placeIn(id, c.line)}: ${c.name} <- ${c.value}: ${c.value} is not defined`,
          close === undefined ? `define ${c.value} in the module` : `did you mean ${close}?`,
        ),
      );
    }
  }
  return problems;
}

function namesOf(outlines: readonly Outline[], module: string): string[] {
  return outlines
    .filter((o) => o.module === module)
    .flatMap((o) => [...o.constants.map((c) => c.name), ...o.definitions.map((d) => d.name)]);
}

/** Operators of standard modules that configurations replace in practice. */
function isStandard(name: string): boolean {
  return ['Nat', 'Int', 'Real', 'Seq', 'BagOfAll', 'SubBag', 'RandomElement', 'JavaTime'].includes(name);
}
