/** States over the time of one run: generated, distinct, and left on the queue. Pure SVG; each line is named at its end. */
import type { VNode } from 'preact';
import { duration, number } from './words.js';

interface Sample {
  seconds: number;
  generated: number;
  distinct: number;
  queue: number;
}

const WIDTH = 640;
const HEIGHT = 200;
const LEFT = 64;
const RIGHT = 92;
const TOP = 12;
const BOTTOM = 28;
/** Two names closer than this would stand on each other. */
const NAME = 14;

const SERIES = ['generated', 'distinct', 'queue'] as const;

/** The next of 1, 2, 5, 10, … at or above a value. */
export function niceCeiling(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= value) ?? value;
}

/** Moves names apart that would overlap; the order stays. */
function spread(places: number[]): number[] {
  const order = places.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y);
  order.forEach((one, k) => {
    const before = order[k - 1];
    if (before) one.y = Math.max(one.y, before.y + NAME);
  });
  const over = Math.max(0, (order.at(-1)?.y ?? 0) - (HEIGHT - BOTTOM));
  return order.sort((a, b) => a.i - b.i).map((one) => one.y - over);
}

export function LineChart({ samples }: { samples: readonly Sample[] }): VNode {
  const points = [{ seconds: 0, generated: 0, distinct: 0, queue: 0 }, ...samples];
  const last = points.at(-1) ?? { seconds: 0, generated: 0, distinct: 0, queue: 0 };
  const top = niceCeiling(Math.max(...points.map((point) => Math.max(point.generated, point.distinct))));
  const end = Math.max(last.seconds, 0.001);
  const x = (seconds: number): number => Math.round(LEFT + (seconds / end) * (WIDTH - LEFT - RIGHT));
  const y = (n: number): number => Math.round(HEIGHT - BOTTOM - (n / top) * (HEIGHT - TOP - BOTTOM));
  const names = spread(SERIES.map((name) => y(last[name]) + 4));
  const label = `States over ${duration(end)}: in the end ${number(last.generated)} generated, ${number(last.distinct)} distinct, ${number(last.queue)} on the queue.`;
  return (
    <svg
      class="chart"
      role="img"
      aria-label={label}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
    >
      {[0, 0.5, 1].map((part) => (
        <>
          <path class="grid" d={`M${LEFT} ${y(top * part)}H${WIDTH - RIGHT}`} />
          <text x={LEFT - 8} y={y(top * part) + 4} text-anchor="end">
            {number(Math.round(top * part))}
          </text>
        </>
      ))}
      {[0, 0.5, 1].map((part) => (
        <text x={x(end * part)} y={HEIGHT - 8} text-anchor="middle">
          {`${(end * part).toFixed(end < 10 ? 1 : 0)} s`}
        </text>
      ))}
      {SERIES.map((name, i) => (
        <>
          <path
            class={`series ${name}`}
            d={`M${points.map((point) => `${x(point.seconds)} ${y(point[name])}`).join('L')}`}
          />
          <text class={name} x={WIDTH - RIGHT + 8} y={names[i] ?? 0}>
            {name}
          </text>
        </>
      ))}
    </svg>
  );
}
