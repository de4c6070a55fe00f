/** A counterexample: its path as a picture, then a row for each step with its thread's lane and all that it changed. */
import type { VNode } from 'preact';
import type { BehaviourView, Step } from '../view/model-view.js';
import { idOfLine, linkTo } from './anchors.js';
import type { PageContext } from './context.js';
import { PathFigure } from './path-figure.js';
import { count, unquoted } from './words.js';

/** Longer values are cut, as on the terminal: the log has them whole. */
const LONGEST = 400;

const cut = (text: string): string => (text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… (cut)`);

type Change = Step['changes'][number];

/** `pc[t1]  idle → locked`, `pool  + a`, `pool  − a`. */
function changeText({ path, before, after }: Change): VNode {
  if (before === undefined)
    return (
      <li>
        <b>{path}</b> <i>+</i> {cut(after ?? '')}
      </li>
    );
  if (after === undefined)
    return (
      <li>
        <b>{path}</b> <i>−</i> <s>{cut(before)}</s>
      </li>
    );
  return (
    <li>
      <b>{path}</b> <s>{cut(before)}</s> <i>→</i> {cut(after)}
    </li>
  );
}

interface ChangesProps {
  step: Step;
  first: boolean;
  like: BehaviourProps['like'];
}

function Changes({ step, first, like }: ChangesProps): VNode {
  if (step.changes.length === 0) return <span class="quiet">nothing changed</span>;
  if (!first) return <ul class="changes">{step.changes.map(changeText)}</ul>;
  if (like)
    return (
      <>
        the same {count(step.changes.length, 'variable')} as in <a href={linkTo('run', like)}>{like}</a>
      </>
    );
  return (
    <details class="initial">
      <summary>{count(step.changes.length, 'variable')}</summary>
      <ul class="changes">
        {step.changes.map(({ path, after }) => (
          <li>
            <b>{path}</b> <i>=</i> {cut(after ?? '')}
          </li>
        ))}
      </ul>
    </details>
  );
}

function ActionCell({ step, context }: { step: Step; context: PageContext }): VNode {
  const { place } = step;
  if (!place || !context.shown.has(place.path)) return <td class="action">{step.action}</td>;
  return (
    <td class="action">
      <a href={`#${idOfLine(place.path, place.line)}`}>{step.action}</a>
    </td>
  );
}

/** Made once: there are as many as there are steps times threads. */
const ON = <i class="on" />;
const OFF = <i />;

/** The lanes of one row: a line for each thread, a dot on the line of the one that took the step. */
function Lanes({ lanes, step }: { lanes: string[]; step: Step }): VNode {
  return (
    <td class="lanes">
      {lanes.map((_, i) => (i === step.lane ? ON : OFF))}
      {step.lane === null ? null : <b>{unquoted(lanes[step.lane] ?? '')}</b>}
    </td>
  );
}

export interface BehaviourProps {
  behaviour: BehaviourView;
  context: PageContext;
  /** What the last state shows: `violates NoLeak`. */
  last: string;
  /** Name of a run whose behaviour begins in the same state and is on the page. */
  like?: string | undefined;
}

export function BehaviourTable({ behaviour, context, last, like }: BehaviourProps): VNode {
  const { lanes, steps } = behaviour;
  const hasLanes = lanes.length > 0;
  const isLong = lanes.some((lane) => unquoted(lane).length > 3);
  return (
    <>
      {hasLanes ? <PathFigure behaviour={behaviour} /> : null}
      <div class="wide" tabIndex={0} role="region" aria-label={behaviour.title}>
        <table class={hasLanes ? 'trace' : 'trace flat'}>
          <thead>
            <tr>
              <th scope="col">Step</th>
              {hasLanes ? (
                <th scope="col" class={isLong ? 'lanes long' : 'lanes'}>
                  <span class="hidden">Thread </span>
                  {lanes.map((lane) => (
                    <span>{unquoted(lane)} </span>
                  ))}
                </th>
              ) : null}
              <th scope="col">Action</th>
              <th scope="col">What changed</th>
            </tr>
          </thead>
          <tbody>
            {steps.map((step, i) => (
              <tr class={i === steps.length - 1 ? 'last' : undefined}>
                <td>{step.number}</td>
                {hasLanes ? <Lanes lanes={lanes} step={step} /> : null}
                <ActionCell step={step} context={context} />
                <td>
                  <Changes step={step} first={i === 0} like={like} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="ending">
        State {steps.at(-1)?.number ?? 0} {last}
        {behaviour.endingText === '' ? '.' : `; ${behaviour.endingText}.`}
      </p>
    </>
  );
}
