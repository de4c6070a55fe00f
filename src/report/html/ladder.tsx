/** The ladder of every claim: one row each, a column for each rung, grouped by module. */
import type { VNode } from 'preact';
import { RUNGS } from '../../domain/claim.js';
import type { ClaimView, ModuleView, ReportView } from '../view/report-view.js';
import { linkTo } from './anchors.js';
import { RungMark, StandingMark } from './marks.js';
import { count, number } from './words.js';

function Row({ claim }: { claim: ClaimView }): VNode {
  return (
    <tr class="claim-row">
      <th scope="row">
        <a href={linkTo('claim', claim.id)}>{claim.name}</a>
      </th>
      <td class="says" title={claim.statement}>
        {claim.statement}
      </td>
      <td class="number" data-label="states">
        {claim.states === 0 ? '–' : number(claim.states)}
      </td>
      {RUNGS.map((name, i) => (
        <td
          class={i < claim.rung ? 'rung reached' : 'rung'}
          data-label={name}
          title={claim.rungs[name].because}
        >
          {claim.auxiliary && i > 2 ? (
            <span class="mark none void">
              –<span class="hidden"> does not apply</span>
            </span>
          ) : (
            <RungMark state={claim.rungs[name].state} />
          )}
        </td>
      ))}
      <td
        class={claim.standing === 'not as declared' ? 'number stands bad' : 'number stands'}
        data-label="stands on rung"
      >
        {claim.rung}
      </td>
    </tr>
  );
}

function Group({ module, claims }: { module: ModuleView; claims: readonly ClaimView[] }): VNode | null {
  if (claims.length === 0) return null;
  return (
    <tbody>
      <tr class="group">
        <th scope="rowgroup" colSpan={4 + RUNGS.length}>
          <a href={linkTo('module', module.name)}>{module.name}</a>{' '}
          <span class="quiet">
            {count(claims.length, 'claim')}, {count(module.models.length, 'model')}
          </span>{' '}
          <StandingMark standing={module.standing} />
        </th>
      </tr>
      {claims.map((claim) => (
        <Row claim={claim} />
      ))}
    </tbody>
  );
}

function Filter(): VNode {
  return (
    <div class="filter script">
      <label for="filter">Filter</label>
      <input
        id="filter"
        type="search"
        autocomplete="off"
        spellcheck={false}
        aria-keyshortcuts="/"
        placeholder="name, statement, failed …"
      />
      <output id="matches" for="filter" />
      <span class="keys">
        <kbd>/</kbd> filter <kbd>j</kbd> <kbd>k</kbd> move <kbd>Esc</kbd> back
      </span>
    </div>
  );
}

export function Ladder({ view }: { view: ReportView }): VNode {
  return (
    <section id="ladder" aria-labelledby="title-ladder">
      <div class="bar">
        <h2 id="title-ladder" tabIndex={-1}>
          The ladder <span class="quiet">of {count(view.claims.length, 'claim')}</span>
        </h2>
        {view.claims.length === 0 ? null : <Filter />}
      </div>
      {view.claims.length === 0 ? (
        <p class="quiet">No claim is declared: nothing here says what the models are for.</p>
      ) : (
        <table class="ladder">
          <thead>
            <tr>
              <th scope="col">Claim</th>
              <th scope="col" class="says">
                What it says
              </th>
              <th scope="col" class="number">
                States
              </th>
              {RUNGS.map((name, i) => (
                <th scope="col" class="rung">
                  <span class="quiet">{i + 1}</span> {name}
                </th>
              ))}
              <th scope="col" class="number">
                Rung
              </th>
            </tr>
          </thead>
          {view.modules.map((module) => (
            <Group module={module} claims={view.claims.filter((claim) => claim.module === module.name)} />
          ))}
        </table>
      )}
      {view.claims.length === 0 ? null : (
        <p class="legend">
          A claim stands on the highest rung below which every rung passed; those are underlined.{' '}
          <b>States</b>: distinct states of the largest model in which it holds. <b>Partly</b>: what was
          measured holds, and something was not measured.
        </p>
      )}
    </section>
  );
}
