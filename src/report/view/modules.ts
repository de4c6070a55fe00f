/** Modules for the view: their claims, models, tables, and how often each action was taken. Pure. */
import type { Merged } from './merge.js';
import { groupBy } from './merge.js';
import type { ModelView } from './model-view.js';
import type { ClaimView, ModuleView } from './report-view.js';
import { worstOf } from './standing.js';
import { viewTable } from './tables.js';

/** In the order of the manifests; modules that only an old record knows stand behind. */
export function viewModules(
  merged: Merged,
  models: readonly ModelView[],
  claims: readonly ClaimView[],
): ModuleView[] {
  const declared = merged.inventory.modules;
  const names = new Set([
    ...declared.map((m) => m.name),
    ...claims.map((c) => c.module),
    ...models.map((m) => m.module),
  ]);
  return [...names].map((name) => {
    const entry = declared.find((m) => m.name === name);
    const own = models.filter((m) => m.module === name);
    const stated = claims.filter((c) => c.module === name);
    const path = entry?.path ?? pathOf(name, merged);
    return {
      name,
      ...(path === undefined ? {} : { path }),
      ...(entry?.manifest === undefined ? {} : { manifest: entry.manifest }),
      standing: worstOf([...own.map((m) => m.standing), ...stated.map((c) => c.standing)]),
      claims: stated.map((c) => c.id),
      models: own.map((m) => m.id),
      tables: (entry?.tables ?? []).map((table) => viewTable(table, models)),
      findings: merged.findings.filter((f) => f.module === name),
      actions: countActions(own),
    };
  });
}

function pathOf(name: string, merged: Merged): string | undefined {
  return merged.models.find((run) => run.module === name)?.closure[0]?.path;
}

/** Over the declared runs: derived ones explore the same states again. */
function countActions(models: readonly ModelView[]): ModuleView['actions'] {
  const counts = models.flatMap((m) =>
    m.runs.filter((run) => run.purpose.kind === 'declared').flatMap((run) => run.coverage),
  );
  const keyOf = (c: (typeof counts)[number]): string =>
    `${c.module} ${c.name} ${c.place?.line ?? ''} ${c.place?.column ?? ''}`;
  return [...groupBy(counts, keyOf).values()].flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    return [
      {
        name: first.name,
        ...(first.place ? { place: first.place } : {}),
        total: same.reduce((sum, c) => sum + c.total, 0),
        distinct: same.reduce((sum, c) => sum + c.distinct, 0),
        models: same.filter((c) => c.total > 0).length,
      },
    ];
  });
}
