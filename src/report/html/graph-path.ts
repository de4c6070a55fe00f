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

/**
 * Index in the graph of each state of the behaviour, as far as the graph has the path: under a VIEW it may not. Walks
 * along the steps, so that only the states beside the path are read.
 */
export function findPath(graph: StateGraph, behaviour: BehaviourView): number[] {
  const keys = new Map<number, string>();
  const keyAt = (i: number): string => {
    const key = keys.get(i) ?? keyOf(parseVariables(graph.states[i]?.text ?? ''));
    keys.set(i, key);
    return key;
  };
  const path: number[] = [];
  for (const state of statesOf(behaviour)) {
    const from = path.at(-1);
    const candidates =
      from === undefined
        ? graph.states.flatMap((one, i) => (one.initial ? [i] : []))
        : graph.steps.filter((step) => step.from === from).map((step) => step.to);
    const key = keyOf(state);
    const found = candidates.find((i) => keyAt(i) === key);
    if (found === undefined) return path;
    path.push(found);
  }
  return path;
}
