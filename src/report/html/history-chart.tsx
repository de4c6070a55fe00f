/** Earlier runs from left to right: a bar of engine runs each, cut by how they stand. Pure SVG, each bar with its words. */
import type { VNode } from 'preact';
import type { HistoryPoint } from '../../domain/history.js';
import { niceCeiling } from './line-chart.js';
import { count, duration, moment, number } from './words.js';

const HEIGHT = 150;
const LEFT = 44;
const TOP = 34;
const BOTTOM = 24;
const WIDTH = 640;
const WIDEST_BAR = 26;

const PARTS = [
  ['asDeclared', 'good'],
  ['open', 'part'],
  ['notAsDeclared', 'bad'],
] as const;

/** `✕ 3` and `◌ 1` above a bar: thin slices of colour would say it to nobody. */
const troubles = ({ runs }: HistoryPoint): [string, string][] => [
  ...(runs.notAsDeclared === 0 ? [] : [[`✕ ${runs.notAsDeclared}`, 'bad'] as [string, string]]),
  ...(runs.open === 0 ? [] : [[`◌ ${runs.open}`, 'part'] as [string, string]]),
];

const describe = (point: HistoryPoint): string =>
  [
    `${moment(point.startedAt)}: workbench ${point.command.join(' ')}`,
    `${count(point.runs.total, 'engine run')}: ${number(point.runs.asDeclared)} as declared, ${number(point.runs.notAsDeclared)} not, ${number(point.runs.open)} open`,
    `${count(point.states, 'state')} in ${duration(point.seconds)}, exit ${point.exitCode}`,
    point.commit === null ? 'no commit' : `commit ${point.commit.slice(0, 8)}`,
  ].join('\n');

export function HistoryChart({
  history,
  current,
}: {
  history: readonly HistoryPoint[];
  current: ReadonlySet<string>;
}): VNode {
  const top = niceCeiling(Math.max(1, ...history.map((point) => point.runs.total)));
  const slot = (WIDTH - LEFT) / history.length;
  const bar = Math.min(WIDEST_BAR, Math.max(3, slot * 0.7));
  const height = (n: number): number => Math.round((n / top) * (HEIGHT - TOP - BOTTOM) * 10) / 10;
  const [first, last] = [history[0], history.at(-1)];
  return (
    <svg
      class="chart history"
      role="img"
      aria-label={`Engine runs of ${count(history.length, 'recorded run')}, oldest first; the table below has the figures.`}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
    >
      {[0, 1].map((part) => (
        <>
          <path class="grid" d={`M${LEFT} ${HEIGHT - BOTTOM - height(top * part)}H${WIDTH}`} />
          <text x={LEFT - 8} y={HEIGHT - BOTTOM - height(top * part) + 4} text-anchor="end">
            {number(top * part)}
          </text>
        </>
      ))}
      {history.map((point, i) => {
        const x = LEFT + i * slot + (slot - bar) / 2;
        let bottom = HEIGHT - BOTTOM;
        return (
          <g class={current.has(point.id) ? 'current' : undefined}>
            {PARTS.map(([part, look]) => {
              const size = height(point.runs[part]);
              bottom -= size;
              return size === 0 ? null : <rect class={look} x={x} y={bottom} width={bar} height={size} />;
            })}
            {troubles(point).map(([text, look], k) => (
              <text class={look} x={x + bar / 2} y={bottom - 5 - k * 12} text-anchor="middle">
                {text}
              </text>
            ))}
            {current.has(point.id) ? (
              <path class="pointer" d={`M${x + bar / 2 - 4} ${HEIGHT - BOTTOM + 9}l4 -6l4 6z`} />
            ) : null}
            <title>{describe(point)}</title>
          </g>
        );
      })}
      {first && last && first !== last ? (
        <>
          <text x={LEFT} y={HEIGHT - 4}>
            {moment(first.startedAt)}
          </text>
          <text x={WIDTH} y={HEIGHT - 4} text-anchor="end">
            {moment(last.startedAt)}
          </text>
        </>
      ) : null}
    </svg>
  );
}
