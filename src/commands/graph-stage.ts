/** The state graph that belongs to a run, for reports to draw. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Attempt, ModelRun } from '../domain/run-record.js';
import type { RunResult } from '../engine/cached-run.js';
import { drawingOf, isPictureOf } from '../engine/drawing.js';
import { readModules } from '../engine/module-files.js';
import { isRepeatable } from '../engine/repeatable.js';
import { graphOf, type EngineJob } from '../engine/run-model.js';
import { isInterrupted } from '../host/interruption.js';

/**
 * The graph that TLC kept; of a small model that it was not asked to draw, that of a second run which saw the same. None
 * where a second run may see something else.
 * @param folder that of the run's record
 */
export async function findGraph(
  job: EngineJob,
  attempt: Attempt,
  folder: string,
  run: (asked: EngineJob) => Promise<RunResult>,
): Promise<Pick<ModelRun, 'graph'>> {
  const drawing = drawingOf(job, attempt);
  let by = attempt;
  if (drawing !== undefined && isRepeatable(readModules(drawing), drawing.workers) && !isInterrupted())
    by = (await run(drawing)).attempt;
  const graph = graphOf(by.log);
  return existsSync(join(folder, graph)) && isPictureOf(by, attempt) ? { graph } : {};
}
