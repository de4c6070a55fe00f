/** Runs as lines of a list. Pure. */
import { unreachable } from '../domain/problem.js';
import type { StoredRun } from '../store/records.js';
import { oneLine } from './formats/control-characters.js';
import type { Paint } from './paint.js';

/** What `runs list --json` says of a run. */
export interface RunSummary {
  id: string;
  state: StoredRun['state'];
  reason?: string;
  command?: string[];
  exitCode?: number;
  models?: number;
  seconds?: number;
}

export function runSummary(run: StoredRun): RunSummary {
  switch (run.state) {
    case 'sound': {
      const { record } = run;
      return {
        id: run.id,
        state: run.state,
        command: record.command,
        exitCode: record.exitCode,
        models: new Set(record.models.map((m) => m.model)).size,
        seconds: (Date.parse(record.finishedAt) - Date.parse(record.startedAt)) / 1000,
      };
    }
    case 'damaged':
    case 'unreadable':
      return { id: run.id, state: run.state, reason: run.reason };
    case 'other schema':
      return { id: run.id, state: run.state, reason: `run.json has schema ${run.schema}` };
    case 'unfinished':
      return { id: run.id, state: run.state };
    default:
      return unreachable(run);
  }
}

/** `<id>  exit 0  61 models  96.1 s  verify`. */
export function runListLine(run: StoredRun, paint: Paint): string {
  const summary = runSummary(run);
  switch (run.state) {
    case 'sound': {
      const exit = `exit ${summary.exitCode ?? ''}`.padEnd(8);
      const mark = summary.exitCode === 0 ? paint.green(exit) : paint.red(exit);
      const figures = `${String(summary.models ?? 0).padStart(3)} models  ${(summary.seconds ?? 0).toFixed(1).padStart(7)} s`;
      return `${run.id}  ${mark}  ${figures}  ${oneLine((summary.command ?? []).join(' '))}`;
    }
    case 'damaged':
      return `${run.id}  ${paint.red('DAMAGED')}  ${oneLine(run.reason)}`;
    case 'unreadable':
      return `${run.id}  ${paint.red('CLOSED')}  ${run.reason}`;
    case 'other schema':
      return `${run.id}  ${paint.yellow('other schema')}  ${summary.reason ?? ''}: written by another workbench`;
    case 'unfinished':
      return `${run.id}  ${paint.yellow('no record')}: still running, or killed`;
    default:
      return unreachable(run);
  }
}
