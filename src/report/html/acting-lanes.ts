/** The lanes that a page has room for: an array of three thousand entries is not three thousand threads. Pure. */
import type { BehaviourView } from '../view/model-view.js';

/** So many stand side by side, whether they act or not: that a thread does nothing is worth seeing. */
const MOST = 12;

/** The behaviour; where it has too many lanes, with those alone that take a step, and how many lanes that leaves out. */
export function keepActing(behaviour: BehaviourView): { behaviour: BehaviourView; idle: number } {
  const { lanes, steps } = behaviour;
  if (lanes.length <= MOST) return { behaviour, idle: 0 };
  const acting = [...new Set(steps.flatMap(({ lane }) => (lane === null ? [] : [lane])))].sort(
    (a, b) => a - b,
  );
  const places = new Map(acting.map((lane, i) => [lane, i]));
  return {
    behaviour: {
      ...behaviour,
      lanes: acting.map((lane) => lanes[lane] ?? ''),
      steps: steps.map((step) => ({
        ...step,
        lane: step.lane === null ? null : (places.get(step.lane) ?? null),
      })),
    },
    idle: lanes.length - acting.length,
  };
}
