/** What no check has measured yet, said as plainly as what was: never passed over, and never a pass. Pure. */
import { RUNGS } from '../../domain/claim.js';
import { groupBy, type Merged } from './merge.js';
import type { ModelView } from './model-view.js';
import type { ClaimView, ReportView } from './report-view.js';

/** A line for each module with models that were not run, each rung, each stage that left nothing. */
export function findNotMeasured(
  merged: Merged,
  models: readonly ModelView[],
  claims: readonly ClaimView[],
): ReportView['notMeasured'] {
  const missing = models.filter((m) => m.standing === 'not measured');
  const old = merged.records.filter((r) => r.inventory === undefined);
  return [
    ...[...groupBy(missing, (m) => m.module)].map(([module, own]) => ({
      what: `${own.length === 1 ? 'model' : 'models'} of ${module}`,
      why: 'none of these runs was asked for them',
      count: own.length,
    })),
    ...RUNGS.flatMap((rung) => {
      const open = claims.filter((claim) => !claim.auxiliary && claim.rungs[rung].state === 'not measured');
      return [...groupBy(open, (claim) => claim.rungs[rung].because)].map(([why, same]) => ({
        what: `rung ${RUNGS.indexOf(rung) + 1}, ${rung}`,
        why,
        count: same.length,
      }));
    }),
    ...old.map((r) => ({
      what: `run ${r.id}`,
      why:
        r.command[0] === 'init'
          ? 'of init, which runs what nobody has declared yet'
          : 'written by an older workbench, which did not record what was declared: its claims stand as it rated them',
      count: 1,
    })),
  ];
}
