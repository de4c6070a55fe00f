/** Shows progress while models run: a block that is redrawn on a terminal, plain lines elsewhere, nothing when quiet. */
import type { createLogUpdate } from 'log-update';
import type { ModelRun } from '../domain/run-record.js';
import type { Phase, Progress } from '../engine/progress.js';
import { note, print } from '../host/output.js';
import { readTerminal } from '../host/terminal.js';
import { oneLine } from '../report/formats/control-characters.js';
import { modelLine } from '../report/model-lines.js';
import { makePaint, type Paint } from '../report/paint.js';
import { renderProgress, type ProgressView, type RunningView } from '../report/progress-view.js';

export interface Live {
  start(name: string): RunHandle;
  /** Another `n` runs are to come. */
  expect(n: number): void;
  /** Prints a line that stays. What a program under test printed may stand in it: nothing that a terminal would obey gets through. */
  say(line: string): void;
  stop(): void;
}

export interface RunHandle {
  progress(progress: Progress): void;
  phase(phase: Phase): void;
  end(run: ModelRun): void;
}

const REDRAW_MILLISECONDS = 125;

/** So many runs that were not started for the same reason get a line of their own. */
const MOST_ALIKE = 3;

/** Lines that stay: what was declared, and anything that is not as declared. */
const isWorthALine = (run: ModelRun): boolean => run.purpose.kind === 'declared' || !run.verdict.asDeclared;

export interface LiveOptions {
  /** Nothing but what is wrong. */
  quiet: boolean;
  /** Where finished runs are printed: they are the result of `check` and mere progress of `verify`. */
  lines: 'stdout' | 'stderr';
  /** How a finished run is printed; default: with its verdict. */
  line?: (run: ModelRun, paint: Paint) => string;
}

/** Starts the display; `stop` takes the moving block away. */
export function startLive({ quiet, lines, line = modelLine }: LiveOptions): Live {
  const terminal = readTerminal();
  const paint = makePaint(terminal.live && terminal.color);
  const linePaint = makePaint(lines === 'stdout' ? terminal.color : terminal.live && terminal.color);
  const view: ProgressView = { running: [], done: 0, total: 0, red: 0, open: 0 };
  let draw: ReturnType<typeof createLogUpdate> | undefined;
  const width = process.stderr.columns || terminal.width;
  const redraw = (): void => draw?.(renderProgress(view, Date.now(), width, paint).join('\n'));
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const startDrawing = async (): Promise<void> => {
    const library = await import('log-update');
    if (stopped) return;
    draw = library.createLogUpdate(process.stderr);
    timer = setInterval(redraw, REDRAW_MILLISECONDS).unref();
  };
  if (terminal.live && !quiet) void startDrawing();

  // Runs that were not started, by reason: without Java, or after Ctrl-C, hundreds of lines would say the same.
  const unstarted = new Map<string, number>();
  const isOneMoreOfMany = ({ outcome, verdict }: ModelRun): boolean => {
    if (outcome.kind !== 'NotRun') return false;
    const count = (unstarted.get(verdict.reason) ?? 0) + 1;
    unstarted.set(verdict.reason, count);
    return count > MOST_ALIKE;
  };

  const say = (line: string): void => {
    draw?.clear();
    (lines === 'stdout' ? print : note)(`${line}\n`);
    redraw();
  };
  return {
    expect: (n) => {
      view.total += n;
    },
    say: (line) => {
      if (!quiet) say(oneLine(line));
    },
    stop: () => {
      stopped = true;
      clearInterval(timer);
      for (const [reason, count] of unstarted)
        if (count > MOST_ALIKE) say(`${linePaint.yellow('open')} ${count - MOST_ALIKE} more runs  ${reason}`);
      unstarted.clear();
      draw?.clear();
      draw?.done();
    },
    start: (name) => {
      const running: RunningView = {
        name,
        phase: 'starting',
        startedAt: Date.now(),
        generated: 0,
        distinct: 0,
        queue: 0,
      };
      view.running.push(running);
      return {
        progress: (progress) => Object.assign(running, progress),
        phase: (phase) => {
          running.phase = phase;
        },
        end: (run) => {
          view.running = view.running.filter((r) => r !== running);
          view.done += 1;
          if (run.verdict.incomplete && !run.verdict.asDeclared) view.open += 1;
          else if (!run.verdict.asDeclared) view.red += 1;
          if (isOneMoreOfMany(run)) return;
          if (isWorthALine(run) && !(quiet && run.verdict.asDeclared)) say(line(run, linePaint));
        },
      };
    },
  };
}
