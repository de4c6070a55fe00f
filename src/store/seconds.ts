/** How long each run of a record took, beside it: the record itself is too large to be read only for that. */
import { join } from 'node:path';
import { z } from 'zod';
import type { ModelRun, Purpose } from '../domain/run-record.js';
import { readTextIfThere, writeFileAtomic } from '../host/files.js';

const FILE = 'seconds.json';

const secondsSchema = z.record(z.string(), z.number());

/** Identity of a planned run across records. */
export function runKey(model: string, purpose: Purpose, part = ''): string {
  const what = purpose.kind === 'full set' ? purpose.property : purpose.kind === 'probe' ? purpose.of : '';
  return [model, purpose.kind, what, part].join('|');
}

/** Seconds by `runKey`; of a reused result those of the run that showed it. */
export function secondsOf(models: readonly ModelRun[]): Record<string, number> {
  const seconds: Record<string, number> = {};
  for (const run of models) {
    const last = run.attempts.at(-1);
    const part = [...run.enabled.invariants, ...run.enabled.properties].join();
    if (last) seconds[runKey(run.model, run.purpose, part)] = last.milliseconds / 1000;
  }
  return seconds;
}

/** Writes them beside the record; they only decide what is started first, so that failing at it is no matter. */
export async function keepSeconds(folder: string, models: readonly ModelRun[]): Promise<void> {
  if (models.length === 0) return;
  await writeFileAtomic(join(folder, FILE), JSON.stringify(secondsOf(models))).catch(() => undefined);
}

/** Undefined where they were not written, or cannot be read. */
export async function readSeconds(folder: string): Promise<Record<string, number> | undefined> {
  try {
    const text = await readTextIfThere(join(folder, FILE));
    return text === undefined ? undefined : secondsSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
