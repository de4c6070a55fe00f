/** The path of a counterexample: time from left to right, a line for each thread, a dot for each step. Pure SVG. */
import type { VNode } from 'preact';
import type { BehaviourView } from '../view/model-view.js';
import { count, unquoted } from './words.js';

const STEP = 22;
const LANE = 20;
const LETTER = 7;
const LOOP = 18;
/** Height of the numbers below, and the steps that have one. */
const FOOT = 14;
const TICK = 5;

/** What each dot shows; a step that no thread made stands where the one before it stands. */
function placeDots(behaviour: BehaviourView, left: number): Dot[] {
  let lane = behaviour.steps.find((step) => step.lane !== null)?.lane ?? 0;
  return behaviour.steps.map((step, i) => {
    lane = step.lane ?? lane;
    return { x: left + STEP / 2 + i * STEP, y: LANE / 2 + lane * LANE, of: step.lane !== null };
  });
}

interface Dot {
  x: number;
  y: number;
  /** Whether a thread made the step. */
  of: boolean;
}

/** All of them in one path, as lines of no length with round ends: a third of a report would be circles otherwise. */
const dotsAt = (dots: readonly Dot[]): string => dots.map(({ x, y }) => `M${x} ${y}h0`).join('');

export function PathFigure({ behaviour }: { behaviour: BehaviourView }): VNode {
  const names = behaviour.lanes.map(unquoted);
  const left = Math.max(...names.map((name) => name.length)) * LETTER + 12;
  const dots = placeDots(behaviour, left);
  const { ending } = behaviour;
  const back = ending.kind === 'back' ? dots[ending.to - 1] : undefined;
  const end = dots.at(-1);
  const width = left + dots.length * STEP;
  const bottom = names.length * LANE;
  const height = bottom + (back ? LOOP : 0) + (dots.length < TICK ? 0 : FOOT);
  const label = `Path of ${count(dots.length, 'state')} over ${count(names.length, 'thread')}; the table below has every step.`;
  return (
    <div class="wide" tabIndex={0} role="group" aria-label="Path">
      <svg
        class="path"
        role="img"
        aria-label={label}
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
      >
        {names.map((name, i) => (
          <>
            <text x={left - 8} y={LANE / 2 + i * LANE + 4} text-anchor="end">
              {name}
            </text>
            <path class="lane" d={`M${left} ${LANE / 2 + i * LANE}H${width}`} />
          </>
        ))}
        <path class="way" d={`M${dots.map((dot) => `${dot.x} ${dot.y}`).join('L')}`} />
        {back && end ? (
          <path
            class="way back"
            d={`M${end.x} ${end.y}C${end.x} ${height} ${back.x} ${height} ${back.x} ${back.y}`}
          />
        ) : null}
        {dots.map((dot, i) =>
          i > 0 && (i + 1) % TICK === 0 ? (
            <text x={dot.x} y={bottom + 11} text-anchor="middle">
              {i + 1}
            </text>
          ) : null,
        )}
        <path class="dots" d={dotsAt(dots.filter((dot) => dot.of && dot !== end))} />
        <path class="dots nobody" d={dotsAt(dots.filter((dot) => !dot.of && dot !== end))} />
        <path class="inner" d={dotsAt(dots.filter((dot) => !dot.of && dot !== end))} />
        <path class="dots last" d={end ? dotsAt([end]) : ''} />
      </svg>
    </div>
  );
}
