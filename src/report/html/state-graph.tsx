/** The state graph of a small model as SVG: a circle for each state that was found, the counterexample's path drawn heavier. */
import type { VNode } from 'preact';
import type { StateGraph } from '../../domain/state-graph.js';
import type { RunView } from '../view/model-view.js';
import type { Drawing } from './graph-layout.js';
import { markPath, stepKey } from './graph-path.js';
import { cutsText } from './reductions.js';
import { count } from './words.js';

const linesOf = (graph: StateGraph, i: number): string[] =>
  (graph.states[i]?.text ?? '').split('\n').map((line) => line.replace(/^\/\\ /, ''));

/** In each circle's tip: by which step the state was found and what that changed; of an initial state, all. */
function findTips(graph: StateGraph): string[] {
  const found = new Map<number, StateGraph['steps'][number]>();
  for (const step of graph.steps) if (!found.has(step.to) && step.from !== step.to) found.set(step.to, step);
  return graph.states.map((state, i) => {
    const step = found.get(i);
    if (state.initial || !step) return linesOf(graph, i).join('\n');
    const before = new Set(linesOf(graph, step.from));
    const changed = linesOf(graph, i).filter((line) => !before.has(line));
    return [`${step.from + 1}: ${step.action}`, ...changed].join('\n');
  });
}

/** Arrow heads of all graphs; stands once in the page, where nothing hides it. */
export function ArrowHeads(): VNode {
  return (
    <svg class="definitions" width="0" height="0" aria-hidden="true">
      <defs>
        {/* In widths of the line, which the path's is more than twice. */}
        {[
          { id: 'arrow', size: 7 },
          { id: 'arrow-path', size: 3.6 },
        ].map(({ id, size }) => (
          <marker
            id={id}
            viewBox="0 0 6 6"
            refX="2"
            refY="3"
            markerWidth={size}
            markerHeight={size}
            orient="auto"
          >
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
  run: RunView;
}

/** How much of the model the graph is: all of it only where nothing cut the run down and it came to its end. */
function extentText(run: RunView): string {
  const cuts = cutsText(run);
  const whole = run.outcome.kind === 'Holds';
  if (cuts === '' && whole) return 'all that is reachable';
  return `explored${cuts === '' ? '' : ` under ${cuts}`}${whole ? '' : ' before the run stopped'}`;
}

export function StateGraphFigure({ graph, drawing, run }: Props): VNode {
  const path = markPath(graph, run.behaviour);
  const tips = findTips(graph);
  const { width, height } = drawing;
  const someNamed = drawing.steps.some(({ label }) => label);
  const allNamed = drawing.steps.every(({ label }) => label);
  const what = `${count(graph.states.length, 'state')} and ${count(graph.steps.length, 'step')}`;
  const marked = path.text === '' ? '' : `; ${path.text}`;
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
          {drawing.steps.map(({ from, to, path: d, actions, label }) => (
            <>
              <path class={path.steps.has(stepKey(from, to)) ? 'taken' : undefined} d={d}>
                {label ? null : <title>{actions.join(', ')}</title>}
              </path>
              {someNamed && !label ? (
                <path class="near" d={d}>
                  <title>{actions.join(', ')}</title>
                </path>
              ) : null}
            </>
          ))}
          {drawing.steps.map(({ from, to, actions, label }) =>
            label ? (
              <text class={path.steps.has(stepKey(from, to)) ? 'taken' : undefined} x={label.x} y={label.y}>
                {actions.join(', ')}
              </text>
            ) : null,
          )}
          {drawing.states.map(({ x, y }, i) => {
            const kind = [path.states.get(i) ?? '', graph.states[i]?.initial ? 'initial' : '']
              .join(' ')
              .trim();
            return (
              <g class={kind === '' ? undefined : kind} transform={`translate(${x} ${y})`}>
                <circle />
                <text y="3.5">{i + 1}</text>
                <title>{tips[i]}</title>
              </g>
            );
          })}
        </svg>
      </div>
      <figcaption>
        {what}, {extentText(run)}. The double circle is the initial state
        {marked}. A circle's tip says how its state was reached, and what that step changed
        {allNamed ? '' : '; the tip of an arrow without a name has it'}.
      </figcaption>
    </figure>
  );
}
