/** From a declared model to the runs it needs: as declared, each claim of a control's full set, and the rest. Pure. */
import type { Config, NamedAt } from '../domain/config.js';
import { DEADLOCK, type ClaimEntry } from '../domain/manifest.js';
import type { Model } from '../domain/model.js';
import type { Purpose } from '../domain/run-record.js';

/** One engine run to make: which properties of which configuration, and why. */
export interface PlannedRun {
  model: Model;
  purpose: Purpose;
  config: Config;
  /** False where the configuration is the file's own, unchanged. */
  derived: boolean;
}

const named = (names: string[]): NamedAt[] => names.map((name) => ({ name, line: 0 }));

/**
 * The configuration with exactly these properties enabled. Symmetry is dropped where a temporal property is checked,
 * because TLC's liveness check is unsound under symmetry.
 */
export function configWith(
  config: Config,
  enabled: { invariants: string[]; properties: string[]; deadlock: boolean },
): Config {
  const { checkDeadlock: _dropped, ...rest } = config;
  return {
    ...rest,
    invariants: named(enabled.invariants),
    properties: named(enabled.properties),
    symmetry: enabled.properties.length > 0 ? [] : config.symmetry,
    ...(enabled.deadlock ? {} : { checkDeadlock: { value: false, line: 0 } }),
  };
}

function planMember(model: Model, claims: Record<string, ClaimEntry>, property: string): PlannedRun {
  const temporal = claims[property]?.kind === 'property';
  const config = configWith(model.config, {
    invariants: temporal || property === DEADLOCK ? [] : [property],
    properties: temporal ? [property] : [],
    // A claim is judged on its own: a deadlock that is met before it has a run of its own, or is looked for in the rest.
    deadlock: property === DEADLOCK,
  });
  return { model, purpose: { kind: 'full set', property }, config, derived: true };
}

function planRest(model: Model, claims: Record<string, ClaimEntry>, fullSet: Set<string>): PlannedRun[] {
  const others = Object.entries(claims).filter(([name]) => !fullSet.has(name));
  const invariants = others.filter(([, c]) => c.kind === 'invariant').map(([name]) => name);
  const properties = others.filter(([, c]) => c.kind === 'property').map(([name]) => name);
  // Where the model's own file does not look for deadlocks, a run derived from it does not either.
  const deadlock = !fullSet.has(DEADLOCK) && model.config.checkDeadlock?.value !== false;
  const plan = (enabled: { invariants: string[]; properties: string[] }): PlannedRun => ({
    model,
    purpose: { kind: 'the rest' },
    config: configWith(model.config, { ...enabled, deadlock }),
    derived: true,
  });
  return [
    ...(invariants.length > 0 || deadlock ? [plan({ invariants, properties: [] })] : []),
    ...(properties.length > 0 ? [plan({ invariants: [], properties })] : []),
  ];
}

/**
 * TLC stops at the first violation and names only that one, so a control whose full set is pinned takes one run for
 * each member, and one in which every other claim must hold. A control without `alsoViolates` has no pinned set and
 * runs only as declared.
 */
export function planRuns(model: Model, claims: Record<string, ClaimEntry>): PlannedRun[] {
  const declared: PlannedRun = { model, purpose: { kind: 'declared' }, config: model.config, derived: false };
  const { violates, alsoViolates } = model.declared.workbench ?? {};
  if (model.role !== 'control' || violates === undefined || alsoViolates === undefined) return [declared];
  const fullSet = new Set([violates, ...alsoViolates]);
  return [
    declared,
    ...alsoViolates.map((property) => planMember(model, claims, property)),
    ...planRest(model, claims, fullSet),
  ];
}

/** Text of the constants of a configuration, for records and sentences; substitutions as `<- Operator`. */
export function constantsOf(config: Config): Record<string, string> {
  return Object.fromEntries(
    config.constants.map((c) => [c.name, c.kind === 'assign' ? c.value : `<- ${c.value}`]),
  );
}
