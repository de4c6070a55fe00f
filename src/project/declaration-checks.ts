/**
 * Compares what a model's manifest entry declares with what its configuration does. A manifest without any `workbench`
 * key (of the module or the model) is foreign, such as the community's Examples: what it does not declare is said and
 * is no difference, but for what can turn any claim into nothing (VIEW, a claim or the SPECIFICATION replaced).
 */
import type { Config } from '../domain/config.js';
import type { Model, SpecModule } from '../domain/model.js';
import { dependsOn, isStatePredicate, type Outline } from '../source/outline.js';
import type { ModelInspection, Reduction } from './model-inspection.js';

export interface Comparison {
  /** One line each: declaration and reality part. */
  messages: string[];
  /** Said with the verdict, no difference. */
  notes: string[];
}

/**
 * Whether neither the module nor the model carries workbench keys that a person wrote; what `workbench init` wrote is
 * an observation and no declaration.
 */
export function isForeign(model: Model, module: SpecModule): boolean {
  const { workbench } = model.declared;
  return (
    (workbench === undefined || workbench.observed !== undefined) && module.declared.workbench === undefined
  );
}

/** ` (line 3)`; what was given on the command line has none. */
const inLine = (line: number): string => (line > 0 ? ` (line ${line})` : '');
const list = (names: readonly string[]): string => (names.length === 0 ? 'nothing' : names.join(', '));
const sorted = (names: readonly string[]): string[] => [...names].sort();
const same = (a: readonly string[], b: readonly string[]): boolean =>
  JSON.stringify(sorted([...new Set(a)])) === JSON.stringify(sorted([...new Set(b)]));

/** The set of enabled properties against `checks` and `violates`, and each claim's kind against its statement. */
export function compareChecks(
  model: Model,
  module: SpecModule,
  outlines: readonly Outline[],
  enabled: ModelInspection['enabled'],
): Comparison {
  const { checks, violates } = model.declared.workbench ?? {};
  const all = [...enabled.invariants, ...enabled.properties];
  const messages: string[] = [];
  const notes: string[] = [];
  if (checks === undefined) {
    // A model of the command line has nobody who could have declared anything.
    if (module.manifestRel !== undefined) notes.push('checks: not declared');
  } else if (!same(checks, all)) {
    messages.push(`declared checks: ${list(sorted(checks))}; enabled in the .cfg: ${list(sorted(all))}`);
  }
  if (violates !== undefined && violates !== 'Deadlock' && !all.includes(violates)) {
    messages.push(`declared: violates ${violates}; the .cfg does not enable it`);
  }
  if (violates === 'Deadlock' && all.length > 0) {
    messages.push(
      `declared: violates Deadlock; the .cfg enables ${list(all)}, which could end the run before it`,
    );
  }
  for (const name of enabled.properties) {
    if (module.claims[name]?.kind === 'invariant') {
      messages.push(`claim ${name} is an invariant; as PROPERTY only the initial states are looked at`);
    } else if (isStatePredicate(outlines, name)) {
      const said = `PROPERTY ${name} says nothing of steps or time, so only the initial states are looked at; write INVARIANT ${name}`;
      (isForeign(model, module) ? notes : messages).push(said);
    }
  }
  for (const name of enabled.invariants) {
    if (module.claims[name]?.kind === 'property')
      messages.push(`claim ${name} is a property; the .cfg enables it as INVARIANT`);
  }
  return { messages, notes };
}

/** Reductions in force against `reduces`, and substitutions against the claims that depend on what is replaced. */
export function compareReductions(
  model: Model,
  module: SpecModule,
  outlines: readonly Outline[],
  reductions: readonly Reduction[],
): Comparison {
  const foreign = isForeign(model, module);
  const declared = model.declared.workbench?.reduces ?? [];
  const comparison: Comparison = { messages: [], notes: [] };
  const { messages, notes } = comparison;
  // On the command line there is nothing that could declare it.
  const missing =
    module.manifestRel === undefined
      ? ', so not every reachable state need have been looked at'
      : ' but reduces does not declare it';
  for (const reduction of reductions) {
    const shown = `${reduction.kind} ${reduction.name}`;
    const victim =
      reduction.kind === 'SUBSTITUTION' ? findVictim(reduction.name, model, outlines, foreign) : undefined;
    if (victim !== undefined) {
      messages.push(victim);
    } else if (!declared.some((d) => d.kind === reduction.kind && d.name === reduction.name)) {
      const said = `${shown} is in force${inLine(reduction.line)}${missing}`;
      if (foreign && !(reduction.kind === 'VIEW' && !isFeature(model, 'view'))) notes.push(said);
      else messages.push(said);
    } else if (reduction.kind !== 'SUBSTITUTION' && model.role === 'positive') {
      notes.push(`under ${shown}`);
    }
  }
  for (const { kind, name } of declared) {
    if (reductions.some((r) => r.kind === kind && r.name === name)) continue;
    messages.push(`reduces declares ${kind} ${name}, which the .cfg does not have`);
  }
  if (model.config.checkDeadlock?.value === false) {
    const said = `CHECK_DEADLOCK FALSE (line ${model.config.checkDeadlock.line}): deadlocks are not looked for`;
    if (foreign || /deadlock/i.test(model.declared.workbench?.note ?? '')) notes.push(said);
    else messages.push(`${said}, and note does not say why`);
  }
  if (model.config.symmetry.length > 0 && model.config.properties.length > 0) {
    const said = `SYMMETRY ${model.config.symmetry[0]?.name ?? ''} with PROPERTY: TLC's liveness checking is not sound under symmetry`;
    (foreign ? notes : messages).push(said);
  }
  return comparison;
}

function isFeature(model: Model, feature: string): boolean {
  return model.declared.features?.includes(feature) ?? false;
}

/** Why a substitution is refused: the name it replaces is a claim or the behaviour, or a claim depends on it. */
function findVictim(
  name: string,
  model: Model,
  outlines: readonly Outline[],
  foreign: boolean,
): string | undefined {
  const { config } = model;
  const substitution = config.constants.find((c) => c.name === name);
  const shown = `${name} ${substitution?.kind === 'assign' ? '=' : '<-'} ${substitution?.value ?? ''}`;
  const at = `line ${substitution?.line ?? 1}`;
  const claims = [...config.invariants, ...config.properties].map((p) => p.name);
  const behaviour = [config.specification, config.init, config.next].flatMap((n) =>
    n === undefined ? [] : [n.name],
  );
  if (claims.includes(name)) return `${shown} (${at}) replaces the claim ${name} itself`;
  if (behaviour.includes(name)) return `${shown} (${at}) replaces the behaviour ${name} itself`;
  if (foreign) return undefined;
  const broken = outlines.find((o) => o.errors.length > 0);
  if (broken !== undefined && claims.length > 0) {
    return `${shown} (${at}): ${broken.file} could not be parsed, so no claim is known not to depend on ${name}`;
  }
  const victim = claims.find((claim) => dependsOn(outlines, claim).has(name));
  return victim === undefined
    ? undefined
    : `${shown} (${at}) replaces an operator that claim ${victim} depends on`;
}

/** A control against its positive variant: only the constants in `differsIn` may differ. */
export function compareVariant(model: Model, module: SpecModule): string[] {
  const { variantOf, differsIn } = model.declared.workbench ?? {};
  const positive = module.models.find((m) => m.id === variantOf);
  if (positive === undefined) return [];
  const messages: string[] = [];
  const values = (config: Config): Map<string, string> =>
    new Map(
      config.constants.map((c) => [
        c.module === undefined ? c.name : `[${c.module}]${c.name}`,
        `${c.kind} ${c.value}`,
      ]),
    );
  const [own, other] = [values(model.config), values(positive.config)];
  const differing = [...new Set([...own.keys(), ...other.keys()])].filter(
    (name) => own.get(name) !== other.get(name),
  );
  const behaviourOf = ({ specification, init, next }: Config): string =>
    specification?.name ?? `${init?.name ?? ''}/${next?.name ?? ''}`;
  const [behaviour, otherBehaviour] = [behaviourOf(model.config), behaviourOf(positive.config)];
  // A control without fairness names another SPECIFICATION, and says so in differsIn.
  if (behaviour !== otherBehaviour) differing.push('SPECIFICATION');
  if (!same(differing, differsIn ?? [])) {
    messages.push(
      `differsIn declares ${list(sorted(differsIn ?? []))}; against ${positive.id} there differ ${list(sorted(differing))}`,
    );
  }
  const rest = (config: Config): string =>
    JSON.stringify([
      ...[config.view, config.constraints, config.actionConstraints].map((l) => sorted(l.map((n) => n.name))),
      config.checkDeadlock?.value ?? true,
    ]);
  if (rest(model.config) !== rest(positive.config)) {
    messages.push(
      `VIEW, constraints or CHECK_DEADLOCK differ from ${positive.id}; a control differs in constants only`,
    );
  }
  return messages;
}
