/** Models of modules without a claim: the ladder does not tell of them, and they ran all the same. */
import type { VNode } from 'preact';
import type { ReportView } from '../view/report-view.js';
import { ModelTable } from './module-page.js';
import { count } from './words.js';

export function Unclaimed({ view }: { view: ReportView }): VNode | null {
  const silent = new Set(view.modules.filter((module) => module.claims.length === 0).map(({ name }) => name));
  const models = view.models.filter((model) => silent.has(model.module));
  if (models.length === 0) return null;
  return (
    <section id="unclaimed" aria-labelledby="title-unclaimed">
      <h2 id="title-unclaimed">
        Models without a claim <span class="quiet">{count(models.length, 'model')}</span>
      </h2>
      <ModelTable models={models} />
    </section>
  );
}
