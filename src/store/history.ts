/** What earlier runs tell about this one: how long each model took. Damaged records are passed over here and reported by `runs list`. */
import type { Purpose } from '../domain/run-record.js';
import { listRunIds, readRun } from './records.js';

/** Identity of a planned run across records. */
export function runKey(model: string, purpose: Purpose, part = ''): string {
  const what = purpose.kind === 'full set' ? purpose.property : purpose.kind === 'probe' ? purpose.of : '';
  return [model, purpose.kind, what, part].join('|');
}

/** Only the newest few are read: they are the ones that resemble the code of today. */
const NEWEST = 3;

/** Seconds per planned run, from the newest sound records. */
export async function recordedSeconds(root: string): Promise<Map<string, number>> {
  const seconds = new Map<string, number>();
  for (const id of (await listRunIds(root)).slice(-NEWEST)) {
    const stored = await readRun(root, id);
    if (stored.state !== 'sound') continue;
    for (const run of stored.record.models) {
      const last = run.attempts.at(-1);
      const part = [...run.enabled.invariants, ...run.enabled.properties].join();
      if (last) seconds.set(runKey(run.model, run.purpose, part), last.milliseconds / 1000);
    }
  }
  return seconds;
}
