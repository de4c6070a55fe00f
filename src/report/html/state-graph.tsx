/** The state graph of a small model as SVG: a circle for each reachable state, the counterexample's path drawn heavier. */
import type { VNode } from 'preact';
import type { StateGraph } from '../../domain/state-graph.js';
import type { BehaviourView } from '../view/model-view.js';
import { RADIUS, type Drawing } from './graph-layout.js';
import { findPath } from './graph-path.js';
import { count } from './words.js';

/** In a circle's tip: what is different from the initial state, or all of it for an initial one. */
function tipOf(graph: StateGraph, i: number): string {
  const text = graph.states[i]?.text ?? '';
  const base = new Set((graph.states.find((state) => state.initial)?.text ?? '').split('\n'));
  const lines = text.split('\n');
  const different = lines.filter((line) => !base.has(line));
  if (different.length === 0) return `State ${i + 1}, initial:\n${text}`;
  return `State ${i + 1}, where it differs from the first:\n${different.join('\n')}`;
}

/** Arrow heads of all graphs; stands once in the page, where nothing hides it. */
export function ArrowHeads(): VNode {
  return (
    <svg class="definitions" width="0" height="0" aria-hidden="true">
      <defs>
        {['arrow', 'arrow-path'].map((id) => (
          <marker id={id} viewBox="0 0 6 6" refX="2" refY="3" markerWidth="7" markerHeight="7" orient="auto">
            <path d="M0 0L6 3L0 6z" />
          </marker>
        ))}
      </defs>
    </svg>
  );
}

interface Props {
  graph: StateGraph;
  drawing: Drawing;
  behaviour: BehaviourView | undefined;
}

export function StateGraphFigure({ graph, drawing, behaviour }: Props): VNode {
  const path = behaviour ? findPath(graph, behaviour) : [];
  const onPath = new Set(path);
  const taken = new Set(path.slice(1).map((to, i) => `${path[i] ?? -1} ${to}`));
  const { width, height } = drawing;
  const what = `${count(graph.states.length, 'state')} and ${count(graph.steps.length, 'step')}`;
  const marked = path.length > 0 ? '; the path of the counterexample is drawn heavier' : '';
  return (
    <figure>
      <div class="wide" tabIndex={0} role="region" aria-label="State graph">
        <svg
          class="graph"
          role="img"
          aria-label={`State graph: ${what}${marked}.`}
          width={width}
          height={height}
          viewBox={`0 0 ${width} ${height}`}
        >
          {drawing.steps.map(({ from, to, path: d, actions, label }) => {
            const isTaken = taken.has(`${from} ${to}`);
            return (
              <>
                <path
                  class={isTaken ? 'edge taken' : 'edge'}
                  d={d}
                  marker-end={isTaken ? 'url(#arrow-path)' : 'url(#arrow)'}
                >
                  <title>{`${from + 1} → ${to + 1}: ${actions.join(', ')}`}</title>
                </path>
                {label
                  ? actions.map((action, i) => (
                      <text
                        class={isTaken ? 'taken' : undefined}
                        x={label.x}
                        y={label.y + 4 + (i - (actions.length - 1) / 2) * 13}
                        text-anchor="middle"
                      >
                        {action}
                      </text>
                    ))
                  : null}
              </>
            );
          })}
          {drawing.states.map(({ x, y }, i) => {
            const kind = i === path.at(-1) ? 'state end' : onPath.has(i) ? 'state taken' : 'state';
            return (
              <g class={graph.states[i]?.initial ? `${kind} initial` : kind}>
                <circle cx={x} cy={y} r={RADIUS} />
                <text x={x} y={y + 3.5} text-anchor="middle">
                  {i + 1}
                </text>
                <title>{tipOf(graph, i)}</title>
              </g>
            );
          })}
        </svg>
      </div>
      <figcaption>
        {what}, all that is reachable{behaviour ? ' before the run stopped' : ''}. The double circle is the
        initial state
        {marked}. The number and the tip of a circle name its state.
      </figcaption>
    </figure>
  );
}
