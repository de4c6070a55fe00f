/**
 * `smoke.jsonl` in the folder of a run: one JSON line for each smoke test, for readers that want no more than these.
 * Made from the same results as the record, which stays the source of truth.
 */
import type { SmokeAttempt, SmokeLine, SmokeResult } from '../domain/smoke.js';
import { writeFileAtomic } from '../host/files.js';
import { readSteps } from './smoke-expectation.js';

/** Name of the file in a run's folder. */
export const SMOKE_LINES = 'smoke.jsonl';

type LineAttempt = SmokeLine['attempts'][number];

/** What a line says of one test. Pure. */
export function toSmokeLine(result: SmokeResult): SmokeLine {
  const { name, claims, what, state, reason, attempts } = result;
  return { test: name, claims, what, state, reason, attempts: attempts.map(toLineAttempt) };
}

function toLineAttempt(attempt: SmokeAttempt): LineAttempt {
  const {
    side,
    attempt: number,
    command,
    exit,
    signal,
    faultAddress,
    sanitizer,
    milliseconds,
    asExpected,
  } = attempt;
  return {
    ...{ side, attempt: number, command, exit, signal, faultAddress, sanitizer, milliseconds, asExpected },
    ...describeReport(attempt.report ?? {}),
  };
}

/** The keys that schedules, explorations and stress runs report. */
function describeReport(
  report: Record<string, unknown>,
): Pick<LineAttempt, 'planned' | 'schedule' | 'taken' | 'seed' | 'explored'> {
  const { planned, schedule, taken, seed, schedules, exploration, bad, firstBad } = report;
  const steps = readSteps(taken);
  const wanted = readSteps(planned);
  const isExploration =
    typeof schedules === 'number' && typeof exploration === 'string' && typeof bad === 'number';
  return {
    ...(wanted === undefined ? {} : { planned: wanted }),
    ...(typeof schedule === 'string' ? { schedule } : {}),
    ...(steps === undefined ? {} : { taken: steps }),
    ...(typeof seed === 'number' ? { seed } : {}),
    ...(isExploration
      ? {
          explored: { schedules, exploration, bad, firstBad: typeof firstBad === 'string' ? firstBad : null },
        }
      : {}),
  };
}

/** Writes the lines, in the order of the results, in place of what the file held. */
export async function writeSmokeLines(file: string, results: readonly SmokeResult[]): Promise<void> {
  await writeFileAtomic(file, results.map((result) => `${JSON.stringify(toSmokeLine(result))}\n`).join(''));
}
