/** What changed since the baseline; without one it says so. */
import type { VNode } from 'preact';
import type { ChangeView, ReportView } from '../view/report-view.js';
import { linkTo } from './anchors.js';
import type { PageContext } from './context.js';
import { PlaceText } from './links.js';
import { number } from './words.js';

/** So many stand open on the first screen. */
const MOST_OPEN = 4;

function Subject({ subject, context }: { subject: string; context: PageContext }): VNode {
  if (context.claims.has(subject)) return <a href={linkTo('claim', subject)}>{subject}</a>;
  if (context.models.has(subject)) return <a href={linkTo('model', subject)}>{subject}</a>;
  return <b>{subject}</b>;
}

function ChangeLine({ change, context }: { change: ChangeView; context: PageContext }): VNode {
  const { severity, kind, subject, place, was, is, mend } = change;
  return (
    <li>
      <span class={severity === 'fails' ? 'mark bad' : 'mark none'}>
        {severity === 'fails' ? 'fails' : 'note'}
      </span>{' '}
      {kind}: <Subject subject={subject} context={context} />
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
          No baseline to compare with. <code>workbench gate --base REF</code> compares with the one of a
          commit.
        </p>
      </aside>
    );
  const fails = changes.list.filter((change) => change.severity === 'fails');
  const notes = changes.list.filter((change) => change.severity === 'note');
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
        Since the baseline <span class="quiet">of {changes.base}</span>
      </h2>
      {all.length === 0 ? (
        <p class="quiet">Nothing changed.</p>
      ) : (
        <p>
          <b class={fails.length > 0 ? 'bad' : undefined}>{number(fails.length)} that fail the gate</b>,{' '}
          {number(notes.length)} to note
        </p>
      )}
      {lines(all.slice(0, MOST_OPEN))}
      {all.length > MOST_OPEN ? (
        <details>
          <summary>{number(all.length - MOST_OPEN)} more</summary>
          {lines(all.slice(MOST_OPEN))}
        </details>
      ) : null}
    </aside>
  );
}
