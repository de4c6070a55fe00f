/** The run that draws a small model, where nobody said beforehand that it is small. Pure. */
import type { Attempt } from '../domain/run-record.js';
import type { EngineJob } from './run-model.js';

/** A graph of more states is no picture any more. */
export const MOST_DRAWN = 200;

/**
 * The same run once more, of which TLC keeps the state graph and does not count actions; undefined where the first one drew
 * the graph itself, did not come to an end, or has too many states for a picture. Its log stands beside the first one's.
 */
export function drawingOf(job: EngineJob, { reading }: Attempt): EngineJob | undefined {
  const { distinct } = reading.counts;
  const ended = ['Holds', 'Violated', 'Deadlock'].includes(reading.outcome.kind);
  if (job.graph || job.assumeOnly || job.simulate !== undefined || !ended) return undefined;
  if (distinct === undefined || distinct === 0 || distinct > MOST_DRAWN) return undefined;
  const renamed = (path: string): string => path.replace(/\.log$/, '-drawn.log');
  return {
    ...job,
    graph: true,
    coverage: false,
    log: { file: renamed(job.log.file), name: renamed(job.log.name) },
  };
}

/** Whether the second run saw what the first one saw: else its graph is a picture of something else. */
export function isPictureOf({ reading: drawn }: Attempt, { reading: shown }: Attempt): boolean {
  return drawn.outcome.kind === shown.outcome.kind && drawn.counts.distinct === shown.counts.distinct;
}
