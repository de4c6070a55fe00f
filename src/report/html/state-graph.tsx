/** The state graph of a small model as SVG: a circle for each reachable state, the counterexample's path drawn heavier. */
import type { VNode } from 'preact';
import type { StateGraph } from '../../domain/state-graph.js';
import type { BehaviourView } from '../view/model-view.js';
import type { Drawing } from './graph-layout.js';
import { findPath } from './graph-path.js';
import { count } from './words.js';

/** In a circle's tip: by which step the state was found and what that changed; of an initial state, all. */
function tipOf(graph: StateGraph, i: number): string {
  const lines = (graph.states[i]?.text ?? '').split('\n').map((line) => line.replace(/^\/\\ /, ''));
  const step = graph.states[i]?.initial
    ? undefined
    : graph.steps.find((one) => one.to === i && one.from !== i);
  if (!step) return lines.join('\n');
  const before = new Set(
    (graph.states[step.from]?.text ?? '').split('\n').map((line) => line.replace(/^\/\\ /, '')),
  );
  return [`${step.from + 1}: ${step.action}`, ...lines.filter((line) => !before.has(line))].join('\n');
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
                <path class={isTaken ? 'taken' : undefined} d={d}>
                  {label ? null : <title>{actions.join(', ')}</title>}
                </path>
                {label ? (
                  <text class={isTaken ? 'taken' : undefined} x={label.x} y={label.y}>
                    {actions.join(', ')}
                  </text>
                ) : null}
              </>
            );
          })}
          {drawing.states.map(({ x, y }, i) => {
            const kind = [
              ...(i === path.at(-1) ? ['end'] : onPath.has(i) ? ['taken'] : []),
              ...(graph.states[i]?.initial ? ['initial'] : []),
            ].join(' ');
            return (
              <g class={kind === '' ? undefined : kind} transform={`translate(${x} ${y})`}>
                <circle />
                <text y="3.5">{i + 1}</text>
                <title>{tipOf(graph, i)}</title>
              </g>
            );
          })}
        </svg>
      </div>
      <figcaption>
        {what}, all that is reachable{behaviour ? ' before the run stopped' : ''}. The double circle is the
        initial state
        {marked}. A circle's tip says how its state was reached, and what that step changed.
      </figcaption>
    </figure>
  );
}
