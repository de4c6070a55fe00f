/** A counterexample: its path as a picture, then a row for each step with its thread's lane and all that it changed. */
import type { VNode } from 'preact';
import type { BehaviourView, Step } from '../view/model-view.js';
import { keepActing } from './acting-lanes.js';
import { idOfLine, linkTo } from './anchors.js';
import type { PageContext } from './context.js';
import { markup, NOTHING, type Markup } from './markup.js';
import { PathFigure } from './path-figure.js';
import { count, unquoted } from './words.js';

/** Longer values are cut, as on the terminal: the log has them whole. */
const LONGEST = 400;

/** An initial state of so many characters stands open: what happens cannot be read without it. */
const SHORT = 400;

const cut = (text: string): string => (text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… (cut)`);

const OPEN: Markup = { markup: ' open' };

type Change = Step['changes'][number];

/** `pc[t1]  idle → locked`, `pool  + a`, `pool  − a`. */
function changeItem({ path, before, after }: Change): Markup {
  if (before === undefined) return markup`<li><b>${path}</b> <i>+</i> ${cut(after ?? '')}</li>`;
  if (after === undefined) return markup`<li><b>${path}</b> <i>−</i> <s>${cut(before)}</s></li>`;
  return markup`<li><b>${path}</b> <s>${cut(before)}</s> <i>→</i> ${cut(after)}</li>`;
}

function changesOf({ changes }: Step, first: boolean, like: string | undefined): Markup {
  if (changes.length === 0) return markup`<span class="quiet">nothing changed</span>`;
  if (!first) return markup`<ul class="changes">${changes.map(changeItem)}</ul>`;
  const variables = count(changes.length, 'variable');
  if (like !== undefined)
    return markup`the same ${variables} as in <a href="${linkTo('run', like)}">${like}</a>`;
  const values = changes.map(
    ({ path, after }) => markup`<li><b>${path}</b> <i>=</i> ${cut(after ?? '')}</li>`,
  );
  const length = changes.reduce((sum, { path, after = '' }) => sum + path.length + after.length, 0);
  const open = length <= SHORT ? OPEN : NOTHING;
  return markup`<details class="initial"${open}><summary>${variables}</summary><ul class="changes">${values}</ul></details>`;
}

function actionOf({ place, action }: Step, { shown }: PageContext): Markup {
  if (!place || !shown.has(place.path)) return markup`${action}`;
  return markup`<a href="#${idOfLine(place.path, place.line)}">${action}</a>`;
}

/** The lanes of one row: a line for each thread, a dot on the line of the one that took the step. */
function lanesOf(lanes: readonly string[], { lane }: Step): Markup {
  if (lanes.length === 0) return NOTHING;
  const lines = lanes.map((_, i) => (i === lane ? markup`<i class="on"></i>` : markup`<i></i>`));
  const name = lane === null ? NOTHING : markup`<b>${unquoted(lanes[lane] ?? '')}</b>`;
  return markup`<td class="lanes">${lines}${name}</td>`;
}

function rowsOf({ behaviour, context, like }: BehaviourProps): string {
  const { lanes, steps } = behaviour;
  const rows = steps.map((step, i) => {
    const row = markup`<td>${step.number}</td>${lanesOf(lanes, step)}<td class="action">${actionOf(step, context)}</td><td>${changesOf(step, i === 0, like)}</td>`;
    return i === steps.length - 1 ? markup`<tr class="last">${row}</tr>` : markup`<tr>${row}</tr>`;
  });
  return markup`${rows}`.markup;
}

export interface BehaviourProps {
  behaviour: BehaviourView;
  context: PageContext;
  /** What the last state shows: `violates NoLeak`. */
  last: string;
  /** Name of a run whose behaviour begins in the same state and is on the page. */
  like?: string | undefined;
}

export function BehaviourTable(props: BehaviourProps): VNode {
  const { last } = props;
  const { behaviour, idle } = keepActing(props.behaviour);
  const { lanes, steps } = behaviour;
  const hasLanes = lanes.length > 0;
  const isLong = lanes.some((lane) => unquoted(lane).length > 3);
  return (
    <>
      {hasLanes ? <PathFigure behaviour={behaviour} /> : null}
      {idle === 0 ? null : <p class="quiet">{count(idle, 'other thread')} without a step: no lane.</p>}
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
          <tbody dangerouslySetInnerHTML={{ __html: rowsOf({ ...props, behaviour }) }} />
        </table>
      </div>
      <p class="ending">
        State {steps.at(-1)?.number ?? 0} {last}
        {behaviour.endingText === '' ? '.' : `; ${behaviour.endingText}.`}
      </p>
    </>
  );
}
