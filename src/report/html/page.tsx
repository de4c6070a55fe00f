/** The whole page: bar, overview, then a page for each claim, module and model, and one for the smoke tests. */
import type { VNode } from 'preact';
import { linkTo } from './anchors.js';
import { ClaimPage } from './claim-page.js';
import type { PageContext } from './context.js';
import { ModelPage } from './model-page.js';
import { ModulePage } from './module-page.js';
import { Overview } from './overview.js';
import { SmokeDetails } from './smoke-tests.js';
import { ArrowHeads } from './state-graph.js';
import { count } from './words.js';

function TopBar({ context }: { context: PageContext }): VNode {
  const { head, modules, smoke } = context.view;
  return (
    <header class="bar top-bar">
      <p>
        <a href="#overview">{head.project === '' ? 'Report' : head.project}</a>
      </p>
      <nav aria-label="Modules">
        {modules.map((module) => (
          <a href={linkTo('module', module.name)}>{module.name}</a>
        ))}
        {smoke.length === 0 ? null : <a href="#tests">Smoke tests</a>}
      </nav>
      <button id="theme" class="script" type="button" title="Switch to the other theme">
        Dark
      </button>
    </header>
  );
}

function TestsPage({ context }: { context: PageContext }): VNode | null {
  const { smoke } = context.view;
  if (smoke.length === 0) return null;
  return (
    <section class="page tests" id="tests" aria-labelledby="title-tests">
      <header>
        <p class="kicker">Native code</p>
        <h2 id="title-tests" tabIndex={-1}>
          Smoke tests <span class="quiet">{count(smoke.length, 'test')}</span>
        </h2>
        <p>Each runs twice: without the fix it must show the failure, with the fix its absence.</p>
      </header>
      {smoke.map((test) => (
        <SmokeDetails test={test} />
      ))}
    </section>
  );
}

export function Page({ context }: { context: PageContext }): VNode {
  const { view } = context;
  return (
    <>
      <a class="skip" href="#ladder">
        Skip to the claims
      </a>
      <ArrowHeads />
      <TopBar context={context} />
      <main>
        <Overview context={context} />
        {view.claims.map((claim) => (
          <ClaimPage claim={claim} context={context} />
        ))}
        {view.modules.map((module) => (
          <ModulePage module={module} context={context} />
        ))}
        {view.models.map((model) => (
          <ModelPage model={model} context={context} />
        ))}
        <TestsPage context={context} />
      </main>
      <footer>
        <p>
          Rendered from {view.head.runs.map((run) => `runs/${run.id}`).join(', ')} without running anything.
          Results are bounded by the models' constants; nothing here says that something is correct.
        </p>
      </footer>
    </>
  );
}
