/**
 * TLC may fail on its own counting of actions (`-coverage`), for one where an invariant is nothing but an application of
 * a recursive operator. That is no fault of the spec: the run is made again without. Pure.
 */
import type { Attempt } from '../domain/run-record.js';
import type { EngineJob } from './run-model.js';

/** Whether what failed is TLC's counting, and not the spec. */
export function isCoverageFault({ reading: { outcome } }: Attempt): boolean {
  const isError = outcome.kind === 'EvaluationError' || outcome.kind === 'Crashed';
  return isError && outcome.message.includes('tlc2.tool.coverage.');
}

/** The same run, of which TLC is not asked to count. Its log stands beside the one that shows the fault. */
export function withoutCoverage(job: EngineJob): EngineJob {
  const renamed = (path: string): string => path.replace(/\.log$/, '-uncounted.log');
  return {
    ...job,
    coverage: false,
    log: { file: renamed(job.log.file), name: renamed(job.log.name) },
  };
}

/** Whether TLC counted actions in this attempt. */
export const isCounted = ({ command }: Attempt): boolean => command.includes('-coverage');
