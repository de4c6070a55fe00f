/** The first page: the verdict, what changed since the baseline, the ladder, models without claims; then why, what is not measured, history. */
import type { VNode } from 'preact';
import type { ReportView } from '../view/report-view.js';
import { linkTo } from './anchors.js';
import { Background } from './background.js';
import { Changes } from './changes.js';
import type { PageContext } from './context.js';
import { History } from './history.js';
import { Ladder } from './ladder.js';
import { ClaimLink, PlaceText } from './links.js';
import { StandingMark } from './marks.js';
import { Unclaimed } from './unclaimed.js';
import { count, duration, moment, number } from './words.js';

type Reason = ReportView['verdict']['reasons'][number];

/** So many reasons stand beside the verdict; all of them below the ladder. */
const MOST_AT_TOP = 3;

const WORDS: Record<ReportView['verdict']['state'], string> = {
  'as declared': 'As declared',
  'not as declared': 'Not as declared',
  incomplete: 'Incomplete',
  'wrong input': 'Wrong input',
  'environment cannot do it': 'The environment cannot do it',
  interrupted: 'Interrupted',
};

interface ReasonProps {
  reason: Reason;
  context: PageContext;
  /** Beside the verdict: how many claims it speaks of, and not which. */
  brief?: boolean;
}

function ReasonLine({ reason, context, brief = false }: ReasonProps): VNode {
  const kind = (['claim', 'model'] as const).find((one) => context[`${one}s`].has(reason.name));
  return (
    <li>
      <StandingMark standing={reason.standing} />{' '}
      {kind ? <a href={linkTo(kind, reason.name)}>{reason.name}</a> : <b>{reason.name}</b>}: {reason.message}
      {reason.place ? (
        <>
          {' '}
          <PlaceText place={reason.place} context={context} />
        </>
      ) : null}
      {reason.claims.length === 0 || reason.kind === 'claim' ? null : brief ? (
        <span class="quiet"> · {count(reason.claims.length, 'claim')}</span>
      ) : (
        <span class="inline-list">
          {' '}
          {reason.claims.map((id) => (
            <ClaimLink id={id} />
          ))}
        </span>
      )}
      {reason.hint === undefined ? null : <p class="quiet">{reason.hint}</p>}
    </li>
  );
}

/** How much was done, by what, when: one line of figures. */
function facts({ totals, head }: ReportView): string[] {
  const { models, smoke, runs, reused } = totals;
  const measured = models.total - models.notMeasured;
  return [
    `${models.notMeasured === 0 ? '' : `${number(measured)} of `}${count(models.total, 'model')} in ${count(runs.total, 'engine run')}`,
    ...(reused.runs === 0 ? [] : [`${number(reused.runs)} of them taken over from earlier runs`]),
    `${number(totals.states)} distinct states`,
    ...(smoke.total === 0
      ? []
      : [`${number(smoke.asDeclared)} of ${count(smoke.total, 'smoke test')} as declared`]),
    ...(reused.smoke === 0 ? [] : [`${number(reused.smoke)} of them taken over`]),
    duration(head.seconds),
    head.engine,
    moment(head.startedAt),
  ];
}

function Verdict({ view, context }: { view: ReportView; context: PageContext }): VNode {
  const { verdict } = view;
  const bad = verdict.state === 'not as declared' || verdict.state === 'wrong input';
  const rest = verdict.reasons.length - MOST_AT_TOP;
  // The state stands above in large letters already.
  const headline = verdict.headline.startsWith(verdict.state)
    ? verdict.headline.slice(verdict.state.length).replace(/^[;,.\s]+/, '')
    : verdict.headline;
  return (
    <div class="verdict">
      <h1 class={verdict.exitCode === 0 ? 'good' : bad ? 'bad' : 'part'}>
        <span aria-hidden="true">{verdict.exitCode === 0 ? '●' : bad ? '✕' : '◌'}</span>{' '}
        {WORDS[verdict.state]}
      </h1>
      {headline === '' ? null : <p class="headline">{headline}</p>}
      <p class="quiet">{facts(view).join(' · ')}</p>
      {verdict.reasons.length === 0 ? null : (
        <ul class="reasons">
          {verdict.reasons.slice(0, MOST_AT_TOP).map((reason) => (
            <ReasonLine reason={reason} context={context} brief />
          ))}
        </ul>
      )}
      {rest > 0 ? (
        <p>
          <a href="#reasons">{count(rest, 'more reason')} below the ladder</a>
        </p>
      ) : null}
    </div>
  );
}

function Reasons({ view, context }: { view: ReportView; context: PageContext }): VNode | null {
  const { reasons } = view.verdict;
  if (reasons.length === 0) return null;
  return (
    <section id="reasons" aria-labelledby="title-reasons">
      <h2 id="title-reasons" tabIndex={-1}>
        Why <span class="quiet">{count(reasons.length, 'reason')}</span>
      </h2>
      <ul class="reasons">
        {reasons.map((reason) => (
          <ReasonLine reason={reason} context={context} />
        ))}
      </ul>
    </section>
  );
}

function NotMeasured({ view }: { view: ReportView }): VNode | null {
  if (view.notMeasured.length === 0) return null;
  return (
    <section aria-labelledby="title-not-measured">
      <h2 id="title-not-measured">Not measured</h2>
      <table class="list">
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col" class="number">
              How much
            </th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {view.notMeasured.map(({ what, why, count: n }) => (
            <tr>
              <th scope="row">{what}</th>
              <td class="number">{number(n)}</td>
              <td>{why}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

export function Overview({ context }: { context: PageContext }): VNode {
  const { view } = context;
  return (
    <section class="page current" id="overview" aria-label="Overview">
      <div class="top">
        <Verdict view={view} context={context} />
        <Changes view={view} context={context} />
      </div>
      <Ladder view={view} />
      <Unclaimed view={view} />
      <Reasons view={view} context={context} />
      <NotMeasured view={view} />
      <History view={view} />
      <Background context={context} />
    </section>
  );
}
