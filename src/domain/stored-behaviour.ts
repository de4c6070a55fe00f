/**
 * Behaviours as records hold them. A step changes few of the variables, and all of them at every step were three quarters of
 * a record: a state is held by what is not as in the state before. In memory every state has all of its variables.
 */
import { z } from 'zod';
import { endingSchema, stateSchema, type Behaviour, type State, type Value } from './behaviour.js';

/** The first state, and one that lacks a variable of the state before, whole. */
const storedStateSchema = z.union([
  stateSchema.omit({ variables: true }).extend({ changed: stateSchema.shape.variables }),
  stateSchema,
]);
export type StoredState = z.infer<typeof storedStateSchema>;

export const storedBehaviourSchema = z.object({ states: z.array(storedStateSchema), ending: endingSchema });

/** Reads both: what records hold, and what `--json` prints, where every state is whole. */
export const behaviourSchema = storedBehaviourSchema.transform(({ states, ending }, context): Behaviour => {
  try {
    return { states: expandStates(states), ending };
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message, path: ['states'] });
    return z.NEVER;
  }
});

/** States as records hold them. */
export function storeStates(states: readonly State[]): StoredState[] {
  // In a behaviour that was read, equal values of neighbours are one object.
  const same = (a: Value | undefined, b: Value | undefined): boolean =>
    a === b || (a !== undefined && b !== undefined && JSON.stringify(a) === JSON.stringify(b));
  return states.map((state, i) => {
    const before = states[i - 1]?.variables;
    const names = Object.keys(state.variables);
    if (before === undefined || Object.keys(before).some((name) => !Object.hasOwn(state.variables, name)))
      return state;
    const different = names.filter((name) => !same(own(before, name), own(state.variables, name)));
    const changed = Object.fromEntries(different.map((name) => [name, state.variables[name] as Value]));
    return { number: state.number, action: state.action, changed };
  });
}

const own = (variables: State['variables'], name: string): Value | undefined =>
  Object.hasOwn(variables, name) ? variables[name] : undefined;

/** The inverse of `storeStates`; throws where the first state does not tell all of its variables. */
export function expandStates(states: readonly StoredState[]): State[] {
  let before: State['variables'] | undefined;
  return states.map((state) => {
    if ('changed' in state && before === undefined)
      throw new Error('the first state says only what changed, and nothing stands before it');
    before = 'changed' in state ? { ...before, ...state.changed } : state.variables;
    return { number: state.number, action: state.action, variables: before };
  });
}
