/**
 * The step at which each variable of a behaviour changes for the first time. Contract: of a behaviour that was kept it is
 * known without reading its states, which are large and stay text until somebody looks at them.
 */
import type { Behaviour } from '../domain/behaviour.js';

/** Variable to the number of the step that changes it; what never changes is not in it. */
export type FirstChanges = ReadonlyMap<string, number>;

const known = new WeakMap<Behaviour, FirstChanges>();

/** @param changes what `firstChanges` told of the same states */
export function rememberFirstChanges(behaviour: Behaviour, changes: FirstChanges): void {
  known.set(behaviour, changes);
}

export function firstChanges(behaviour: Behaviour): FirstChanges {
  return known.get(behaviour) ?? findFirstChanges(behaviour);
}

function findFirstChanges({ states }: Behaviour): FirstChanges {
  const changes = new Map<string, number>();
  const [first, ...later] = states;
  for (const [name, value] of Object.entries(first?.variables ?? {})) {
    const before = JSON.stringify(value);
    const at = later.findIndex(
      ({ variables }) => name in variables && JSON.stringify(variables[name]) !== before,
    );
    if (at >= 0) changes.set(name, at + 1);
  }
  return changes;
}
