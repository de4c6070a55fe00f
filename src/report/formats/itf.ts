/** Counterexamples in the Informal Trace Format, a file for each; actions, threads and places stand in `#meta`. Pure. */
import type { Ending } from '../../domain/behaviour.js';
import { unreachable } from '../../domain/problem.js';
import { statesOf } from '../view/behaviours.js';
import type { BehaviourView, ModelView, RunView } from '../view/model-view.js';
import type { ReportView } from '../view/report-view.js';
import { seenJson } from './control-characters.js';
import { namesIn, toItf } from './itf-values.js';

const DESCRIPTION = 'https://apalache-mc.org/docs/adr/015adr-trace.html';

export interface ItfFile {
  name: string;
  text: string;
}

/** Every behaviour of the view, those of controls included, in the order of the models. */
export function renderItf(view: ReportView): ItfFile[] {
  const names = new Set<string>();
  return view.models.flatMap((model) =>
    model.runs.flatMap((run) => {
      if (!run.behaviour) return [];
      const trace = traceOf(model, run, run.behaviour);
      return [{ name: uniqueName(run.name, names), text: `${seenJson(trace, 1)}\n` }];
    }),
  );
}

/** `specs-M-broken-NoLeak-alone.itf.json`; two runs never share one. */
function uniqueName(run: string, taken: Set<string>): string {
  const stem =
    run
      .replace(/\.cfg\b/, '')
      .replace(/[^A-Za-z0-9_.]+/g, '-')
      .replace(/^[-.]+|[-.]+$/g, '') || 'trace';
  for (let i = 1; ; i += 1) {
    const name = `${stem}${i === 1 ? '' : `-${i}`}.itf.json`;
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}

/** A trace is no violation of what could not be evaluated at its end. */
function statusOf({ kind }: RunView['outcome']): string {
  if (kind === 'Violated') return 'violation';
  return kind === 'Deadlock' ? 'deadlock' : 'error';
}

function traceOf(model: ModelView, run: RunView, behaviour: BehaviourView): Record<string, unknown> {
  const states = statesOf(behaviour);
  const strings = new Set<string>();
  const models = new Set<string>();
  for (const state of states) for (const value of Object.values(state)) namesIn(value, strings, models);
  const loop = loopOf(behaviour.ending, states.length);
  return {
    '#meta': {
      format: 'ITF',
      'format-description': DESCRIPTION,
      description: behaviour.title,
      source: behaviour.steps.find((step) => step.place)?.place?.path ?? model.module,
      status: statusOf(run.outcome),
      ...(run.outcome.kind === 'Violated' && run.outcome.property !== undefined
        ? { property: run.outcome.property }
        : {}),
      model: model.id,
      record: run.record,
      constants: run.purpose.kind === 'probe' ? {} : model.constants,
      /** Which of the strings in this file stand for model values. */
      modelValues: [...models].filter((name) => !strings.has(name)).sort(),
      ...(behaviour.ending.kind === 'stutters' ? { ending: behaviour.endingText } : {}),
    },
    vars: behaviour.variables,
    states: states.map((state, i) => {
      const step = behaviour.steps[i];
      const lane = step?.lane ?? null;
      return {
        '#meta': {
          index: i,
          action: step?.name ?? '',
          arguments: step?.arguments ?? [],
          ...(lane === null ? {} : { thread: behaviour.lanes[lane] ?? '' }),
          ...(step?.place ? { place: step.place } : {}),
        },
        ...Object.fromEntries(
          behaviour.variables.flatMap((name) => {
            const value = state[name];
            return value ? [[name, toItf(value, strings)]] : [];
          }),
        ),
      };
    }),
    ...(loop === undefined ? {} : { loop }),
  };
}

/** Index of the state that follows the last one; a behaviour that stutters repeats its last state for ever. */
function loopOf(ending: Ending, length: number): number | undefined {
  switch (ending.kind) {
    case 'stops':
      return undefined;
    case 'stutters':
      return length - 1;
    case 'back':
      return ending.to - 1;
    default:
      return unreachable(ending);
  }
}
