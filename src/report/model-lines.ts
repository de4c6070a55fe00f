/** What one finished model run prints while others still run: one line. Pure. */
import type { ModelRun } from '../domain/run-record.js';
import { unreachable } from '../domain/problem.js';
import { describeReuse } from './age.js';
import { oneLine } from './formats/control-characters.js';
import type { Paint } from './paint.js';
import type { RunView, Standing } from './view/model-view.js';
import { runName } from './view/run-name.js';
import { standingOfVerdict } from './view/standing.js';

/** `ok  `, `FAIL`, `open`, or for what no run was asked for `    `. */
export function standingMark(standing: Standing, paint: Paint): string {
  switch (standing) {
    case 'as declared':
      return paint.green('ok  ');
    case 'not as declared':
      return paint.red('FAIL');
    case 'open':
      return paint.yellow('open');
    case 'not measured':
      return '    ';
    default:
      return unreachable(standing);
  }
}

/**
 * `ok   specs/X/small.cfg  holds in all 94 reachable states  0.4 s`; not as declared: what differs instead. Of a reused
 * result, in place of its seconds, where it is from.
 */
export function modelLine(run: ModelRun, paint: Paint, now = Date.now()): string {
  const last = run.attempts.at(-1);
  const seconds = last ? `${(last.milliseconds / 1000).toFixed(1)} s` : '';
  const mark = standingMark(standingOfVerdict(run.verdict), paint);
  const end = run.reused ? describeReuse(run.reused, now) : seconds;
  return `${mark} ${oneLine(runName(run))}  ${oneLine(run.verdict.reason)}  ${paint.dim(end)}`.trimEnd();
}

/** The same line of a run in a report. */
export function runLine(run: RunView, paint: Paint, now = Date.now()): string {
  const end = run.reused ? describeReuse(run.reused, now) : `${run.seconds.toFixed(1)} s`;
  return `${standingMark(run.standing, paint)} ${run.name}  ${run.reason}  ${paint.dim(end)}`;
}
