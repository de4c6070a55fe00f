/** The path of a counterexample: time from left to right, a line for each thread, a dot for each step. Pure SVG. */
import type { VNode } from 'preact';
import type { BehaviourView } from '../view/model-view.js';
import { count, unquoted } from './words.js';

const STEP = 22;
const LANE = 20;
const LETTER = 7;
const LOOP = 18;

/** What each dot shows; a step that no thread made stands where the one before it stands. */
function placeDots(behaviour: BehaviourView, left: number): { x: number; y: number; of: boolean }[] {
  let lane = behaviour.steps.find((step) => step.lane !== null)?.lane ?? 0;
  return behaviour.steps.map((step, i) => {
    lane = step.lane ?? lane;
    return { x: left + STEP / 2 + i * STEP, y: LANE / 2 + lane * LANE, of: step.lane !== null };
  });
}

export function PathFigure({ behaviour }: { behaviour: BehaviourView }): VNode {
  const names = behaviour.lanes.map(unquoted);
  const left = Math.max(...names.map((name) => name.length)) * LETTER + 12;
  const dots = placeDots(behaviour, left);
  const { ending } = behaviour;
  const back = ending.kind === 'back' ? dots[ending.to - 1] : undefined;
  const end = dots.at(-1);
  const width = left + dots.length * STEP;
  const bottom = names.length * LANE;
  const height = bottom + (back ? LOOP : 0);
  const label = `Path of ${count(dots.length, 'state')} over ${count(names.length, 'thread')}; the table below has every step.`;
  return (
    <div class="wide">
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
            d={`M${end.x} ${end.y}C${end.x} ${height + 6} ${back.x} ${height + 6} ${back.x} ${back.y}`}
          />
        ) : null}
        {dots.map((dot, i) => (
          <circle
            class={i === dots.length - 1 ? 'last' : dot.of ? 'own' : 'nobody'}
            cx={dot.x}
            cy={dot.y}
            r="5"
          >
            <title>{`${behaviour.steps[i]?.number ?? ''} ${behaviour.steps[i]?.action ?? ''}`}</title>
          </circle>
        ))}
      </svg>
    </div>
  );
}
