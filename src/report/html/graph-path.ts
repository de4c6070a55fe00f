/** Finds a counterexample in the state graph of its model: its states, its steps, and what its end is. Pure. */
import type { Value } from '../../domain/behaviour.js';
import { unreachable } from '../../domain/problem.js';
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

/** A step of a drawing by the states that it leads between. */
export const stepKey = (from: number, to: number): string => `${from} ${to}`;

export interface MarkedPath {
  /**
   * What each state is that the path has. `end`: it shows the violation by itself. `stays`: nothing happens in it any
   * more, which is the violation. A lasso has neither: no single state of it violates anything.
   */
  states: ReadonlyMap<number, 'taken' | 'end' | 'stays'>;
  /** Keys of its steps; of a lasso the one that closes it, too. */
  steps: ReadonlySet<string>;
  /** What a reader has to know of the marks; empty where nothing is marked. */
  text: string;
}

const HEAVIER = 'the path of the counterexample is drawn heavier';

export function markPath(graph: StateGraph, behaviour: BehaviourView | undefined): MarkedPath {
  const path = behaviour ? findPath(graph, behaviour) : [];
  const states = new Map<number, 'taken' | 'end' | 'stays'>(path.map((i) => [i, 'taken']));
  const steps = new Set(path.slice(1).map((to, i) => stepKey(path[i] ?? -1, to)));
  const last = path.at(-1);
  if (!behaviour || last === undefined) return { states, steps, text: '' };
  if (path.length < behaviour.steps.length)
    return { states, steps, text: `${HEAVIER} as far as the graph has it` };
  const { ending } = behaviour;
  switch (ending.kind) {
    case 'stops':
      states.set(last, 'end');
      return { states, steps, text: `${HEAVIER}, and its last state is filled` };
    case 'stutters':
      states.set(last, 'stays');
      return { states, steps, text: `${HEAVIER}, and in the dashed circle nothing happens any more` };
    case 'back': {
      const first = path[ending.to - 1] ?? -1;
      steps.add(stepKey(last, first));
      return { states, steps, text: `${HEAVIER}, and goes from ${last + 1} back to ${first + 1} for ever` };
    }
    default:
      return unreachable(ending);
  }
}
