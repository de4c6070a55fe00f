/**
 * A counterexample as SARIF code flows: first all steps in their order, then, where the states tell of threads, each
 * thread by itself, tied together by `executionOrder`. Pure.
 */
import type { CodeFlow, MultiformatMessageString, ThreadFlow, ThreadFlowLocation } from 'sarif';
import { cutText, showChange } from '../changes.js';
import { formatValue } from '../../engine/values.js';
import type { BehaviourView, Step } from '../view/model-view.js';
import { locate } from './sarif-locations.js';

export function flowsOf(behaviour: BehaviourView): CodeFlow[] {
  const { lanes, steps, endingText } = behaviour;
  const locations = steps.map((step) => stepLocation(step, behaviour));
  const whole: CodeFlow = {
    message: { text: endingText === '' ? behaviour.title : `${behaviour.title}, ${endingText}` },
    threadFlows: [{ id: 'all threads', locations }],
  };
  const threads = lanes.flatMap((lane, i): ThreadFlow[] => {
    const own = locations.filter((_, k) => steps[k]?.lane === i);
    return own.length === 0 ? [] : [{ id: lane, message: { text: `thread ${lane}` }, locations: own }];
  });
  if (threads.length < 2) return [whole];
  return [whole, { message: { text: 'each thread by itself' }, threadFlows: threads }];
}

function stepLocation(step: Step, { lanes, steps }: BehaviourView): ThreadFlowLocation {
  const lane = step.lane === null ? '' : `[${lanes[step.lane] ?? '-'}] `;
  const first = step === steps[0];
  const changes = first
    ? step.changes.map((c) => `${c.path} = ${cutText(c.after ?? '')}`)
    : step.changes.map(showChange);
  const text = `${step.number}: ${lane}${step.action}: ${changes.length === 0 ? 'nothing changed' : changes.join('; ')}`;
  return {
    location: step.place ? locate(step.place, text) : { message: { text } },
    executionOrder: step.number,
    importance: step === steps.at(-1) ? 'essential' : 'important',
    state: Object.fromEntries(
      Object.entries(step.values).map(([name, value]): [string, MultiformatMessageString] => [
        name,
        { text: cutText(formatValue(value)) },
      ]),
    ),
  };
}
