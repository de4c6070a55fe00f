/** What changed since the baseline; without one it says so. */
import type { VNode } from 'preact';
import type { ChangeView, ReportView } from '../view/report-view.js';
import { linkTo } from './anchors.js';
import type { PageContext } from './context.js';
import { PlaceText } from './links.js';
import { count, number } from './words.js';

/** So many stand open on the first screen. */
const MOST_OPEN = 4;

/** What was accepted fails no more. */
const isLoss = ({ severity, accepted }: ChangeView): boolean =>
  severity === 'fails' && accepted === undefined;

function Subject({ subject, context }: { subject: string; context: PageContext }): VNode {
  if (context.claims.has(subject)) return <a href={linkTo('claim', subject)}>{subject}</a>;
  if (context.models.has(subject)) return <a href={linkTo('model', subject)}>{subject}</a>;
  return <b>{subject}</b>;
}

function ChangeLine({ change, context }: { change: ChangeView; context: PageContext }): VNode {
  const { kind, subject, place, was, is, mend, accepted } = change;
  return (
    <li>
      <span class={isLoss(change) ? 'mark bad' : 'mark none'}>
        {isLoss(change) ? (context.view.changes?.judged === true ? 'fails' : 'loss') : 'note'}
      </span>{' '}
      {kind.replaceAll('-', ' ')}: <Subject subject={subject} context={context} />
      <p>
        {was === '' ? '' : <s>{was}</s>} {was !== '' && is !== '' ? '→ ' : ''}
        {is}
        {place ? (
          <>
            {' '}
            <PlaceText place={place} context={context} />
          </>
        ) : null}
      </p>
      {accepted === undefined ? null : <p class="quiet">Accepted: {accepted}</p>}
      {mend === '' ? null : (
        <p class="quiet">
          Mend with <code>{mend}</code>
        </p>
      )}
    </li>
  );
}

export function Changes({ view, context }: { view: ReportView; context: PageContext }): VNode {
  const { changes } = view;
  if (!changes)
    return (
      <aside class="changes-box" aria-labelledby="title-changes">
        <h2 id="title-changes">Since the baseline</h2>
        <p class="quiet">
          No baseline to compare with. <code>workbench gate --accept</code> writes one.
        </p>
      </aside>
    );
  const fails = changes.list.filter(isLoss);
  const notes = changes.list.filter((change) => !isLoss(change));
  const all = [...fails, ...notes];
  const lines = (list: ChangeView[]): VNode => (
    <ul class="reasons">
      {list.map((change) => (
        <ChangeLine change={change} context={context} />
      ))}
    </ul>
  );
  return (
    <aside class="changes-box" aria-labelledby="title-changes">
      <h2 id="title-changes">
        Since the baseline{' '}
        <span class="quiet">
          {changes.judged ? 'of' : 'in'} {changes.base}
        </span>
      </h2>
      {all.length === 0 ? (
        <p class="quiet">{changes.judged ? 'Nothing changed.' : 'Nothing of what was measured changed.'}</p>
      ) : (
        <p>
          <b class={fails.length > 0 ? 'bad' : undefined}>
            {changes.judged
              ? `${number(fails.length)} that fail the gate`
              : count(fails.length, 'loss', 'losses')}
          </b>
          , {number(notes.length)} to note
        </p>
      )}
      {lines(all.slice(0, MOST_OPEN))}
      {all.length > MOST_OPEN ? (
        <details>
          <summary>{number(all.length - MOST_OPEN)} more</summary>
          {lines(all.slice(MOST_OPEN))}
        </details>
      ) : null}
      {changes.judged ? null : (
        <p class="quiet">
          By what the records show. <code>workbench gate --base REF</code> compares formulas and files as
          well, and judges.
        </p>
      )}
    </aside>
  );
}
