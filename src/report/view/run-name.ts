/** Names of engine runs: unique in a report, and the same each time the same thing is run. Pure. */
import { unreachable } from '../../domain/problem.js';
import type { ModelRun } from '../../domain/run-record.js';

/** `specs/M/small.cfg`, or for a further run of it `specs/M/broken.cfg [NoLeak alone]`. */
export function runName(run: Pick<ModelRun, 'model' | 'purpose' | 'enabled'>): string {
  const { purpose } = run;
  switch (purpose.kind) {
    case 'declared':
      return run.model;
    case 'full set':
      return `${run.model} [${purpose.property} alone]`;
    case 'the rest':
      // Temporal claims have a run of their own: symmetry is off in it.
      return `${run.model} [the remaining ${run.enabled.properties.length > 0 ? 'properties' : 'claims'}]`;
    case 'probe':
      return `${run.model} [probe: ${purpose.of}]`;
    default:
      return unreachable(purpose);
  }
}
