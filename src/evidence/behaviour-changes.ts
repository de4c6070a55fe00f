/** Variables that change in a counterexample which a run has shown already: nothing need be explored for them. Pure. */
import type { Behaviour } from '../domain/behaviour.js';
import type { ModelRun } from '../domain/run-record.js';

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
    for (const name of behaviour ? open : []) {
      const depth = behaviour ? firstChange(behaviour, name) : 0;
      if (depth > 0) changes.set(name, { model: run.model, depth });
    }
  }
  return changes;
}

/** Number of the first step that changes a variable; 0 where none does. */
function firstChange({ states }: Behaviour, name: string): number {
  const values = states.map(({ variables }) => (name in variables ? JSON.stringify(variables[name]) : ''));
  return Math.max(
    values.findIndex((value) => value !== '' && value !== values[0]),
    0,
  );
}
