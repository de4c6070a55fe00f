/** Behaviours for the view: what each step changed, which thread made it, where its action stands. Pure. */
import type { Action, Behaviour, Ending, State, Value } from '../../domain/behaviour.js';
import { unreachable } from '../../domain/problem.js';
import type { ModelRun } from '../../domain/run-record.js';
import { describeOutcome, whichStates } from '../../evidence/shown.js';
import { formatValue } from '../../engine/values.js';
import { changesBetween, type Change } from '../changes.js';
import { findLanes } from '../lanes.js';
import type { BehaviourView, Step } from './model-view.js';
import { runName } from './run-name.js';

/** Path of a module's file, as far as the run's closure tells. */
export type FileOf = (module: string) => string | undefined;

/** Files of a run by module name. */
export function filesOf(run: Pick<ModelRun, 'closure'>): FileOf {
  const files = new Map(
    run.closure.map(
      ({ path }) => [path.slice(path.lastIndexOf('/') + 1).replace(/\.tla$/, ''), path] as const,
    ),
  );
  return (module) => files.get(module);
}

export const actionText = (action: Action): string =>
  action.arguments?.length ? `${action.name}(${action.arguments.join(', ')})` : action.name;

/** Whether a run's last attempt has a behaviour to show. */
export const hasBehaviour = (run: ModelRun): boolean =>
  (run.attempts.at(-1)?.reading.behaviour?.states.length ?? 0) > 0;

/** The behaviour of a run's last attempt; undefined where there is none to show. */
export function viewBehaviour(run: ModelRun): BehaviourView | undefined {
  const reading = run.attempts.at(-1)?.reading;
  const behaviour = reading?.behaviour;
  if (!reading || !behaviour || behaviour.states.length === 0) return undefined;
  return describeBehaviour(
    behaviour,
    `${runName(run)}: ${describeOutcome(reading, whichStates(run.reductions))}`,
    filesOf(run),
  );
}

/** @param title the sentence above it */
export function describeBehaviour(behaviour: Behaviour, title: string, fileOf: FileOf): BehaviourView {
  const { states } = behaviour;
  const changes = states.map((state, i) => (i === 0 ? [] : changesBetween(states[i - 1] ?? state, state)));
  const lanes = findLanes(behaviour, changes);
  return {
    title,
    variables: Object.keys(behaviour.states[0]?.variables ?? {}).sort(),
    lanes: lanes?.names ?? [],
    steps: states.map((state, i) =>
      viewStep(state, changes[i] ?? [], states[i - 1], lanes?.of[i] ?? null, fileOf),
    ),
    ending: behaviour.ending,
    endingText: describeEnding(behaviour.ending),
  };
}

function viewStep(
  state: State,
  changes: Change[],
  before: State | undefined,
  lane: number | null,
  fileOf: FileOf,
): Step {
  const { action } = state;
  const { span } = action;
  return {
    number: state.number,
    action: actionText(action),
    name: action.name,
    arguments: action.arguments ?? [],
    ...(span
      ? { place: { path: fileOf(span.module) ?? span.module, line: span.line, column: span.column } }
      : {}),
    lane,
    changes: before
      ? changes
      : sortedEntries(state.variables).map(([variable, value]) => ({
          variable,
          path: variable,
          after: formatValue(value),
        })),
    values: before ? changedValues(state, changes) : Object.fromEntries(sortedEntries(state.variables)),
  };
}

/** Whole values of the variables that some change is in, in the order of the changes. */
function changedValues(state: State, changes: readonly Change[]): Record<string, Value> {
  const names = new Set(changes.map((change) => change.variable));
  return Object.fromEntries(
    [...names].flatMap((name) => {
      const value = state.variables[name];
      return value ? [[name, value]] : [];
    }),
  );
}

const sortedEntries = (variables: Record<string, Value>): [string, Value][] =>
  Object.entries(variables).sort(([a], [b]) => (a < b ? -1 : 1));

function describeEnding(ending: Ending): string {
  switch (ending.kind) {
    case 'stops':
      return '';
    case 'stutters':
      return 'then nothing happens any more (stuttering)';
    case 'back':
      return `then back to state ${ending.to} by ${actionText(ending.action)}, for ever`;
    default:
      return unreachable(ending);
  }
}

/** Every state whole, in order: the steps' values laid over each other. */
export function statesOf(view: BehaviourView): Record<string, Value>[] {
  let state: Record<string, Value> = {};
  return view.steps.map((step) => {
    state = { ...state, ...step.values };
    return state;
  });
}
