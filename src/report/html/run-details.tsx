/** One engine run that ended in a behaviour, closed until it is opened: what differs, which conjunct, every step. */
import type { VNode } from 'preact';
import { unreachable } from '../../domain/problem.js';
import type { Outcome } from '../../domain/outcome.js';
import type { ModelView, RunView } from '../view/model-view.js';
import { idOf, linkTo } from './anchors.js';
import { BehaviourTable } from './behaviour.js';
import type { PageContext } from './context.js';
import { differencesText } from './differences.js';
import { ModelLink, PlaceText } from './links.js';
import { StandingMark } from './marks.js';
import { count, fileName } from './words.js';

/** What the last state shows, for the line below the table. */
function lastState(outcome: Outcome, run: RunView): string {
  switch (outcome.kind) {
    case 'Violated':
      return outcome.of === 'temporal property'
        ? `ends the behaviour that violates ${outcome.property ?? run.enabled.properties.join(', ')}`
        : `violates ${outcome.property ?? 'a property'}`;
    case 'Deadlock':
      return 'is a deadlock: no action is enabled in it';
    case 'AssumptionFalse':
    case 'SpecError':
    case 'EvaluationError':
    case 'Crashed':
    case 'Incomplete':
    case 'NoResult':
    case 'OutOfMemory':
      return `is the last one that was seen: ${outcome.message}`;
    case 'Holds':
    case 'Sampled':
    case 'Timeout':
    case 'Interrupted':
    case 'NotRun':
      return 'is the last one that was seen';
    default:
      return unreachable(outcome);
  }
}

/** The first run of the model that begins as this one does; undefined where that is this one. */
function findLike(model: ModelView, run: RunView): string | undefined {
  const beginning = (one: RunView): string =>
    (one.behaviour?.steps[0]?.changes ?? []).map(({ path, after }) => `${path} = ${after ?? ''}`).join('\n');
  const own = beginning(run);
  const first = model.runs.find((one) => one.behaviour && beginning(one) === own);
  return first === run ? undefined : first?.name;
}

interface Props {
  model: ModelView;
  run: RunView;
  context: PageContext;
  /** Among what the page says of the model anyway. */
  atHome?: boolean;
  /** What nobody expected is open, and the first of many: what a claim looks like when it breaks is seen at once. */
  open?: boolean;
}

/** What the run adds to the model's own configuration. */
function purposeText(run: RunView): string {
  const { purpose } = run;
  if (purpose.kind === 'full set') return `, with ${purpose.property} alone`;
  return purpose.kind === 'declared' ? '' : ', a further run';
}

export function RunDetails({ model, run, context, atHome = false, open = false }: Props): VNode {
  const steps = run.behaviour?.steps.length ?? 0;
  const different = differencesText(model, context.view.sources);
  const variantOf = model.declared?.variantOf;
  return (
    <details class="row run" id={idOf('run', run.name)} open={open}>
      <summary>
        <StandingMark standing={run.standing} /> <b>{fileName(model.id)}</b>
        <span>
          {purposeText(run)}
          {different === '' ? '' : `, where ${different}`}: {steps === 0 ? run.shown : count(steps, 'state')}
        </span>
      </summary>
      {atHome ? null : (
        <p>
          {model.declared?.note === undefined ? '' : `${model.declared.note} `}
          <span class="quiet">
            A run of {model.role === 'control' ? 'the control ' : ''}
            <ModelLink id={model.id} />
            {variantOf === undefined ? null : (
              <>
                , a variant of <ModelLink id={variantOf} />
              </>
            )}
            ; {run.shown}.
          </span>
        </p>
      )}
      {run.conjunct ? (
        <p>
          False in the last state: <code>{run.conjunct.text}</code>{' '}
          <PlaceText place={run.conjunct} context={context} />
        </p>
      ) : null}
      {run.behaviour ? (
        <BehaviourTable
          behaviour={run.behaviour}
          context={context}
          last={lastState(run.outcome, run)}
          like={findLike(model, run)}
        />
      ) : (
        <p class="quiet">TLC printed no behaviour.</p>
      )}
    </details>
  );
}

/** Link to a run's counterexample, wherever on the page it stands. */
export function RunLink({ run }: { run: RunView }): VNode {
  return <a href={linkTo('run', run.name)}>{count(run.behaviour?.steps.length ?? 0, 'state')}</a>;
}
