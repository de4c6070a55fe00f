/** Finds a counterexample's states in the state graph of its model. Pure. */
import type { Value } from '../../domain/behaviour.js';
import type { StateGraph } from '../../domain/state-graph.js';
import { parseVariables } from '../../engine/states.js';
import { formatValue } from '../../engine/values.js';
import { statesOf } from '../view/behaviours.js';
import type { BehaviourView } from '../view/model-view.js';

/** As text: a record's JSON may have its keys in another order. */
const keyOf = (variables: Record<string, Value>): string =>
  Object.entries(variables)
    .map(([name, value]) => `${name} = ${formatValue(value)}`)
    .sort()
    .join('\n');

/** Index in the graph of each state of the behaviour; states that it does not have, e.g. under a VIEW, are left out. */
export function findPath(graph: StateGraph, behaviour: BehaviourView): number[] {
  const index = new Map(graph.states.map((state, i) => [keyOf(parseVariables(state.text)), i]));
  return statesOf(behaviour).flatMap((state) => index.get(keyOf(state)) ?? []);
}
