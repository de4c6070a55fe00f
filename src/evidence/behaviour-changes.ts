/** Variables that change in a counterexample which a run has shown already: nothing need be explored for them. Pure. */
import type { ModelRun } from '../domain/run-record.js';
import { firstChanges } from '../engine/first-changes.js';

export interface Change {
  model: string;
  /** Steps taken until the change. */
  depth: number;
}

/** Each of the variables that some counterexample changes, with the first run that does; looks no further than needed. */
export function changesInBehaviours(
  runs: readonly ModelRun[],
  variables: readonly string[],
): Map<string, Change> {
  const changes = new Map<string, Change>();
  for (const run of runs) {
    const open = variables.filter((v) => !changes.has(v));
    if (open.length === 0) break;
    const behaviour = run.attempts.at(-1)?.reading.behaviour;
    const found = behaviour && firstChanges(behaviour);
    for (const name of open) {
      const depth = found?.get(name);
      if (depth !== undefined) changes.set(name, { model: run.model, depth });
    }
  }
  return changes;
}
