/** A module: its models, the tables its manifest declares, and its text with what each action did. */
import type { VNode } from 'preact';
import type { ModelView } from '../view/model-view.js';
import type { ModuleView, TableView } from '../view/report-view.js';
import { idOf, linkTo } from './anchors.js';
import type { PageContext } from './context.js';
import { ClaimLink, PlaceText } from './links.js';
import { StandingMark } from './marks.js';
import { firedText, SpecSource } from './spec-source.js';
import { count, duration, fileName, number } from './words.js';

function ModelRow({ model }: { model: ModelView }): VNode {
  const declared = model.runs.find((run) => run.purpose.kind === 'declared');
  return (
    <tr>
      <th scope="row">
        <a href={linkTo('model', model.id)}>{fileName(model.id)}</a>
      </th>
      <td>{model.role}</td>
      <td class="shown">{declared?.shown ?? model.reason}</td>
      <td class="number">{model.states === null ? '–' : number(model.states)}</td>
      <td class="number">{model.runs.length === 0 ? '–' : duration(model.seconds)}</td>
      <td>
        <StandingMark standing={model.standing} />
      </td>
    </tr>
  );
}

export function ModelTable({ models }: { models: readonly ModelView[] }): VNode {
  return (
    <div class="wide" tabIndex={0} role="region" aria-label="Models">
      <table class="list">
        <thead>
          <tr>
            <th scope="col">Model</th>
            <th scope="col">Role</th>
            <th scope="col">Shown by its declared run</th>
            <th scope="col" class="number">
              States
            </th>
            <th scope="col" class="number">
              Time
            </th>
            <th scope="col">Verdict</th>
          </tr>
        </thead>
        <tbody>
          {models.map((model) => (
            <ModelRow model={model} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function DeclaredTable({ table }: { table: TableView }): VNode {
  return (
    <>
      <h3>{table.name}</h3>
      <div class="wide" tabIndex={0} role="region" aria-label={table.name}>
        <table class="list grid">
          <thead>
            <tr>
              <th scope="col">{table.corner}</th>
              {table.columns.map((column) => (
                <th scope="col">{column}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row) => (
              <tr>
                <th scope="row">{row.name}</th>
                {row.cells.map((cell) => (
                  <td>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function ActionList({ module, context }: { module: ModuleView; context: PageContext }): VNode {
  return (
    <table class="list">
      <thead>
        <tr>
          <th scope="col">Action</th>
          <th scope="col">Place</th>
          <th scope="col">Over all declared runs</th>
        </tr>
      </thead>
      <tbody>
        {module.actions.map((action) => (
          <tr class={action.total === 0 ? 'never' : undefined}>
            <th scope="row">{action.name}</th>
            <td>{action.place ? <PlaceText place={action.place} context={context} /> : '–'}</td>
            <td>{firedText(action)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function ModulePage({ module, context }: { module: ModuleView; context: PageContext }): VNode {
  const models = module.models.flatMap((id) => context.models.get(id) ?? []);
  const source = context.view.sources.find((one) => one.path === module.path);
  const never = module.actions.filter((action) => action.total === 0).length;
  const covered = models.filter((model) => model.runs.some((run) => run.coverage.length > 0)).length;
  return (
    <section class="page module" id={idOf('module', module.name)} aria-labelledby={`title-${module.name}`}>
      <header>
        <p class="kicker">Module</p>
        <h2 id={`title-${module.name}`} tabIndex={-1}>
          {module.name}
        </h2>
        <p>
          <StandingMark standing={module.standing} /> · {count(models.length, 'model')} ·{' '}
          {count(module.claims.length, 'claim')}
          {module.path === undefined ? null : (
            <>
              {' · '}
              <code class="place">{module.path}</code>
            </>
          )}
        </p>
        <p class="inline-list">
          {module.claims.map((id) => (
            <ClaimLink id={id} />
          ))}
        </p>
      </header>
      <h3>Models</h3>
      <ModelTable models={models} />
      {module.tables.map((table) => (
        <DeclaredTable table={table} />
      ))}
      {module.actions.length === 0 ? null : (
        <>
          <h3>Actions over the text</h3>
          <p>
            {count(module.actions.length, 'action')}, counted in the declared runs of{' '}
            {count(covered, 'model')}:{' '}
            {never === 0 ? 'each fires in some of them.' : <strong>{`${never} never fired.`}</strong>}
          </p>
          {source ? (
            <details open>
              <summary>{source.path}, as it was checked</summary>
              <SpecSource source={source} actions={module.actions} />
            </details>
          ) : (
            <p class="quiet">The text that ran is not in the record, so only the list is shown.</p>
          )}
          <details open={source === undefined}>
            <summary>The actions as a list</summary>
            <ActionList module={module} context={context} />
          </details>
        </>
      )}
    </section>
  );
}
