/** Lines of the live progress: what runs now, how far it is, what is done. Pure. */
import type { Paint } from './paint.js';
import { padTo } from './wrap.js';

/** One run in flight; times in milliseconds since the epoch. */
export interface RunningView {
  name: string;
  phase: string;
  startedAt: number;
  generated: number;
  distinct: number;
  queue: number;
}

export interface ProgressView {
  running: RunningView[];
  done: number;
  total: number;
  red: number;
  open: number;
}

const grouped = (n: number): string => n.toLocaleString('en-US');

function runningLine(run: RunningView, nameWidth: number, now: number, paint: Paint): string {
  const seconds = Math.max(0.001, (now - run.startedAt) / 1000);
  const figures =
    run.generated === 0
      ? ''
      : `${grouped(run.distinct)} distinct, ${grouped(run.queue)} queued, ${grouped(Math.round(run.generated / seconds))} states/s`;
  return `  ${padTo(run.name, nameWidth)}  ${padTo(run.phase, 18)} ${padTo(`${seconds.toFixed(1)} s`, 8)} ${paint.dim(figures)}`;
}

/** @param now milliseconds since the epoch */
export function renderProgress(view: ProgressView, now: number, width: number, paint: Paint): string[] {
  const longest = Math.max(0, ...view.running.map((r) => r.name.length));
  const nameWidth = Math.min(longest, Math.max(20, width - 75));
  const shorten = (name: string): string =>
    name.length <= nameWidth ? name : `...${name.slice(3 - nameWidth)}`;
  const counts = [
    `${view.done} of ${view.total} runs`,
    ...(view.red > 0 ? [paint.red(`${view.red} not as declared`)] : []),
    ...(view.open > 0 ? [paint.yellow(`${view.open} incomplete`)] : []),
  ];
  return [
    ...view.running.map((run) => runningLine({ ...run, name: shorten(run.name) }, nameWidth, now, paint)),
    counts.join(', '),
  ];
}
