/** A claim with everything it rests on: its rungs with their reasons, models, counterexamples, code, tests. */
import type { VNode } from 'preact';
import { RUNGS } from '../../domain/claim.js';
import type { ClaimView } from '../view/report-view.js';
import { idOf, linkTo } from './anchors.js';
import type { PageContext } from './context.js';
import { FindingList } from './findings.js';
import { PlaceText } from './links.js';
import { RungMark, StandingMark } from './marks.js';
import { NativeFunctions } from './native-code.js';
import { RunDetails } from './run-details.js';
import { SmokeTable } from './smoke-tests.js';
import { count, fileName } from './words.js';

/** So many bounded statements stand open: a claim may have dozens, alike but for a constant. */
const MOST_OPEN = 5;

function Rungs({ claim }: { claim: ClaimView }): VNode {
  const last = claim.auxiliary ? 3 : RUNGS.length;
  return (
    <ol class="rungs">
      {RUNGS.slice(0, last).map((name, i) => (
        <li class={i < claim.rung ? 'reached' : undefined}>
          <b>{name}</b>
          <RungMark state={claim.rungs[name].state} />
          <span>{claim.rungs[name].because}</span>
        </li>
      ))}
    </ol>
  );
}

function StatementList({ statements }: { statements: ClaimView['statements'] }): VNode {
  return (
    <ul class="statements">
      {statements.map(({ model, standing, sentence }) => (
        <li>
          <p>
            <a href={linkTo('model', model)}>{fileName(model)}</a>
            <br />
            <StandingMark standing={standing} />
          </p>
          <p>{sentence}</p>
        </li>
      ))}
    </ul>
  );
}

function Statements({ claim }: { claim: ClaimView }): VNode {
  const { statements } = claim;
  if (statements.length === 0) return <p class="quiet">No positive model lists it.</p>;
  // One more would be as long as the line that hides it.
  const shown = statements.length <= MOST_OPEN + 1 ? statements.length : MOST_OPEN;
  return (
    <>
      <StatementList statements={statements.slice(0, shown)} />
      {shown === statements.length ? null : (
        <details class="row">
          <summary>{count(statements.length - shown, 'more model')}</summary>
          <StatementList statements={statements.slice(shown)} />
        </details>
      )}
    </>
  );
}

function Violations({ claim, context }: { claim: ClaimView; context: PageContext }): VNode {
  const runs = context.violations.get(claim.id) ?? [];
  if (runs.length === 0)
    return <p class="quiet">No run violates it, so nothing has shown yet that it can be violated.</p>;
  return (
    <>
      {runs.map(({ model, run }, i) => (
        <RunDetails
          model={model}
          run={run}
          context={context}
          open={i === 0 || run.standing === 'not as declared'}
        />
      ))}
    </>
  );
}

/** The claims before and behind it, in the order of the ladder. */
function Neighbours({ claim, context }: { claim: ClaimView; context: PageContext }): VNode {
  const { claims } = context.view;
  const at = claims.indexOf(claim);
  const [before, after] = [claims[at - 1], claims[at + 1]];
  return (
    <nav class="neighbours" aria-label="Claims before and after">
      <a href="#overview">All claims</a>
      {before ? (
        <a rel="prev" href={linkTo('claim', before.id)}>
          ← {before.name}
        </a>
      ) : null}
      {after ? (
        <a rel="next" href={linkTo('claim', after.id)}>
          {after.name} →
        </a>
      ) : null}
    </nav>
  );
}

export function ClaimPage({ claim, context }: { claim: ClaimView; context: PageContext }): VNode {
  const tests = claim.smoke.flatMap(({ name }) => context.smoke.get(name) ?? []);
  const title = `title-${idOf('claim', claim.id)}`;
  const violations = context.violations.get(claim.id)?.length ?? 0;
  return (
    <section class="page claim" id={idOf('claim', claim.id)} aria-labelledby={title}>
      <Neighbours claim={claim} context={context} />
      <header>
        <p class="kicker">
          <a href={linkTo('module', claim.module)}>{claim.module}</a> · {claim.kind}
          {claim.auxiliary ? ' · auxiliary' : ''}
        </p>
        <h2 id={title} tabIndex={-1}>
          {claim.name}
        </h2>
        <p class="statement">{claim.statement}</p>
        <p>
          <StandingMark standing={claim.standing} /> · stands on rung {claim.rung} of{' '}
          {claim.auxiliary ? 3 : 6}
          {claim.rung === 0 ? '' : `, ${RUNGS[claim.rung - 1] ?? ''}`}
          {claim.redundant === undefined ? '' : ` · never alone in noticing anything: ${claim.redundant}`}
        </p>
        <p class="sentence">{claim.sentence}.</p>
      </header>
      <Rungs claim={claim} />
      {claim.definition === undefined ? null : (
        <details>
          <summary>Definition</summary>
          {claim.place ? <PlaceText place={claim.place} context={context} /> : null}
          <pre tabIndex={0} role="region" aria-label={`Definition of ${claim.name}`}>
            {claim.definition}
          </pre>
        </details>
      )}
      <h3>
        Holds in <span class="quiet">{count(claim.statements.length, 'positive model')}</span>
      </h3>
      <Statements claim={claim} />
      <h3>
        Is violated in <span class="quiet">{count(violations, 'run')}</span>
      </h3>
      <Violations claim={claim} context={context} />
      <h3>
        Native code{' '}
        <span class="quiet">{claim.auxiliary ? '' : count(claim.functions.length, 'function')}</span>
      </h3>
      <NativeFunctions claim={claim} context={context} />
      <h3>
        Smoke tests <span class="quiet">{count(tests.length, 'test')}</span>
      </h3>
      {tests.length === 0 ? <p class="quiet">None names this claim.</p> : <SmokeTable tests={tests} />}
      {claim.findings.length === 0 ? null : (
        <>
          <h3>Findings</h3>
          <FindingList findings={claim.findings} context={context} />
        </>
      )}
    </section>
  );
}
