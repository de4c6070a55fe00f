/**
 * SIGINT, SIGTERM and SIGHUP of the workbench. Contract: the first one aborts `interruption()`, so that every process
 * group is ended (TERM, then KILL) and the command in hand can still write its record; a second one, or a command that
 * does not come to its end, KILLs everything at once. Either way the exit code is 130 and no temp folder stays.
 */
import { EXIT, type ExitCode } from '../domain/problem.js';
import { killAllGroups } from './process-groups.js';
import { removeTempFoldersNow } from './temp-folders.js';

/** How long a command has to write down that it was interrupted. */
const BACKSTOP_MILLISECONDS = 8000;

const controller = new AbortController();
let installed = false;
/** Programs that have taken our place for a while; signals are theirs. */
let suspended = 0;

/** Aborted as soon as the user has asked the workbench to stop. */
export function interruption(): AbortSignal {
  return controller.signal;
}

/** Whether the user has asked the workbench to stop: the exit code is then 130. */
export function isInterrupted(): boolean {
  return controller.signal.aborted;
}

/** Leaves signals to another program until the returned function is called. */
export function suspendInterruption(): () => void {
  suspended += 1;
  return () => {
    suspended -= 1;
  };
}

/** Takes over the signals and the exit of this program; `exit` ends it. Called once, by the entry point. */
export function handleInterruption(exit: (code: ExitCode) => void): void {
  if (installed) return;
  installed = true;
  const leaveNow = (): void => {
    killAllGroups();
    removeTempFoldersNow();
    exit(EXIT.interrupted);
  };
  const onSignal = (): void => {
    if (suspended > 0) return;
    if (controller.signal.aborted) {
      leaveNow();
      return;
    }
    controller.abort();
    setTimeout(leaveNow, BACKSTOP_MILLISECONDS).unref();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  process.on('exit', () => {
    killAllGroups();
    removeTempFoldersNow();
  });
}
