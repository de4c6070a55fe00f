/** What the results rest on and where they come from: conflicts, findings, assumptions, handlers, builds, records. */
import type { ComponentChildren, VNode } from 'preact';
import type { PageContext } from './context.js';
import { FindingList } from './findings.js';
import { PlaceText } from './links.js';
import { StandingMark } from './marks.js';
import { count, duration, fileName, moment, number } from './words.js';

function Block({
  title,
  note,
  children,
}: {
  title: string;
  note: string;
  children: ComponentChildren;
}): VNode {
  return (
    <details class="block">
      <summary>
        <h3>{title}</h3> <span class="quiet">{note}</span>
      </summary>
      {children}
    </details>
  );
}

function Conflicts({ context }: { context: PageContext }): VNode | null {
  const { conflicts } = context.view;
  if (conflicts.length === 0) return null;
  return (
    <Block title="Conflicts between the merged records" note={count(conflicts.length, 'conflict')}>
      <ul class="reasons">
        {conflicts.map(({ kind, subject, message, records }) => (
          <li>
            <span class="mark bad">{kind}</span> <b>{subject}</b>: {message}{' '}
            <span class="quiet">{records.join(', ')}</span>
          </li>
        ))}
      </ul>
    </Block>
  );
}

function Assumptions({ context }: { context: PageContext }): VNode | null {
  const { assumptions } = context.view;
  if (assumptions.length === 0) return null;
  return (
    <Block title="Assumptions" note={`${count(assumptions.length, 'entry', 'entries')} of the ledger`}>
      <div class="wide" tabIndex={0} role="region" aria-label="Assumptions">
        <table class="list">
          <thead>
            <tr>
              {['Assumption', 'Believed because', 'A breach would be seen by', 'Models'].map((name) => (
                <th scope="col">{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {assumptions.map(({ id, statement, believed, monitored, models }) => (
              <tr>
                <th scope="row">
                  {id}
                  <p>{statement}</p>
                </th>
                <td>{believed}</td>
                <td>{monitored}</td>
                <td class="number">{number(models.length)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Block>
  );
}

function Handlers({ context }: { context: PageContext }): VNode | null {
  const { handlers } = context.view;
  if (!handlers) return null;
  return (
    <Block
      title="Signal and fork handlers"
      note={`${count(handlers.handlers.length, 'handler')}, ${handlers.standing}`}
    >
      <p>
        <StandingMark standing={handlers.standing} /> {handlers.reason}
      </p>
      <ul class="reasons">
        {handlers.faults.map((fault) => (
          <li>
            <span class="mark bad">{fault.kind}</span> {fault.message}{' '}
            <PlaceText place={fault} context={context} />
            <p class="quiet">{fault.hint}</p>
          </li>
        ))}
        {handlers.handlers.map((handler) => (
          <li>
            <b>{handler.name}</b>, {handler.kinds.join(', ')}, reaches {count(handler.functions, 'function')}{' '}
            <PlaceText place={handler} context={context} />
          </li>
        ))}
      </ul>
    </Block>
  );
}

function Builds({ context }: { context: PageContext }): VNode | null {
  const { builds } = context.view;
  if (builds.length === 0) return null;
  return (
    <Block title="Builds" note={count(builds.length, 'preset')}>
      {builds.map((build) => (
        <>
          <p>
            <StandingMark standing={build.standing} /> <b>{build.preset}</b> {build.reason}{' '}
            <span class="quiet">
              {duration(build.seconds)}, {count(build.artefacts.length, 'artefact')}
            </span>
          </p>
          {build.checks.length === 0 ? null : (
            <ul class="reasons">
              {build.checks.map((check) => (
                <li>
                  <span
                    class={
                      check.state === 'holds'
                        ? 'mark good'
                        : check.state === 'fails'
                          ? 'mark bad'
                          : 'mark part'
                    }
                  >
                    {check.state}
                  </span>{' '}
                  {fileName(check.artefact)}: {check.check}: {check.detail}
                </li>
              ))}
            </ul>
          )}
        </>
      ))}
    </Block>
  );
}

function Unmodelled({ context }: { context: PageContext }): VNode | null {
  const found = context.view.functions.filter((f) => f.unmodelled !== undefined);
  const { anchorFaults } = context.view;
  if (found.length + anchorFaults.length === 0) return null;
  const note = `${count(found.length, 'function')} with a reason${anchorFaults.length === 0 ? '' : `, ${count(anchorFaults.length, 'fault')}`}`;
  return (
    <Block title="Native code that no spec covers" note={note}>
      <ul class="reasons">
        {anchorFaults.map((fault) => (
          <li>
            <span class="mark bad">fault</span> {fault.message} <PlaceText place={fault} context={context} />
          </li>
        ))}
        {found.map((one) => (
          <li>
            <b>{one.name}</b> <PlaceText place={one} context={context} />: {one.unmodelled}
          </li>
        ))}
      </ul>
    </Block>
  );
}

function Records({ context }: { context: PageContext }): VNode {
  const { head } = context.view;
  return (
    <Block title="Records" note={`${count(head.runs.length, 'merged run')}, workbench ${head.workbench}`}>
      {head.runs.map((run) => (
        <>
          <p>
            <b>runs/{run.id}</b>: workbench {run.command.join(' ')}; {moment(run.startedAt)},{' '}
            {duration(run.seconds)}, {count(run.runs, 'engine run')}, exit {run.exitCode}
            {run.state === 'interrupted' ? ', interrupted' : ''};{' '}
            {run.git === null
              ? 'no commit'
              : `commit ${run.git.commit.slice(0, 12)}${run.git.dirty ? ', changed' : ''}`}
          </p>
          <ul class="tools">
            {run.tools.map((tool) => (
              <li>
                {tool.name} {tool.version}
                {tool.sha256 === undefined ? '' : `, sha256 ${tool.sha256}`}
              </li>
            ))}
          </ul>
        </>
      ))}
      {head.unread.map((one) => (
        <p class="bad">
          ✕ {one.id}: {one.code}: {one.message}
        </p>
      ))}
    </Block>
  );
}

export function Background({ context }: { context: PageContext }): VNode {
  const { findings, smoke } = context.view;
  return (
    <section aria-labelledby="title-background">
      <h2 id="title-background">What it rests on</h2>
      <Conflicts context={context} />
      {findings.length === 0 ? null : (
        <Block title="Findings about the specs" note={count(findings.length, 'finding')}>
          <FindingList findings={findings} context={context} />
        </Block>
      )}
      <Assumptions context={context} />
      <Unmodelled context={context} />
      <Handlers context={context} />
      <Builds context={context} />
      {smoke.length === 0 ? null : (
        <p class="block">
          <a href="#tests">Smoke tests</a> <span class="quiet">{count(smoke.length, 'test')}</span>
        </p>
      )}
      <Records context={context} />
    </section>
  );
}
