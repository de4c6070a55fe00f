/** What earlier runs tell about this one: how long each model took. Damaged records are passed over here and reported by `runs list`. */
import { join } from 'node:path';
import { listRunIds, readRun, runsFolder } from './records.js';
import { readSeconds, secondsOf } from './seconds.js';

/** Only the newest few are read: they are the ones that resemble the code of today. */
const NEWEST = 3;

/** Seconds per planned run, from the newest sound records. */
export async function recordedSeconds(root: string): Promise<Map<string, number>> {
  const seconds = new Map<string, number>();
  for (const id of (await listRunIds(root)).slice(-NEWEST)) {
    const noted = (await readSeconds(join(runsFolder(root), id))) ?? (await secondsInRecord(root, id));
    for (const [run, value] of Object.entries(noted)) seconds.set(run, value);
  }
  return seconds;
}

async function secondsInRecord(root: string, id: string): Promise<Record<string, number>> {
  const stored = await readRun(root, id);
  return stored.state === 'sound' ? secondsOf(stored.record.models) : {};
}
