/** What one finished model run prints: a line, and for a violation that was not declared, its counterexample. Pure. */
import type { ModelRun } from '../domain/run-record.js';
import type { Paint } from './paint.js';
import { runName } from './verify-screen.js';

/** `ok   specs/X/small.cfg  holds in all 94 reachable states  0.4 s`; not as declared: what differs instead. */
export function modelLine(run: ModelRun, paint: Paint): string {
  const last = run.attempts.at(-1);
  const seconds = last ? `${(last.milliseconds / 1000).toFixed(1)} s` : '';
  const mark = run.verdict.asDeclared
    ? paint.green('ok  ')
    : run.verdict.incomplete
      ? paint.yellow('open')
      : paint.red('FAIL');
  return `${mark} ${runName(run)}  ${run.verdict.reason}  ${paint.dim(seconds)}`.trimEnd();
}
