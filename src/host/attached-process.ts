/**
 * Starts a program that takes this one's place: its streams are ours, it stays in our process group, so that the
 * terminal, Ctrl-C and Ctrl-Z are its own, and a signal for us is handed on to it. Contract: it is never ended by us.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isatty } from 'node:tty';
import { interruption, suspendInterruption } from './interruption.js';

export interface AttachedProgram {
  /** Absolute path of the file. */
  file: string;
  /** The name it is told it has. */
  name: string;
  args: string[];
  /** The whole environment. */
  env: NodeJS.ProcessEnv;
  /** Its standard output goes to our standard error. */
  outputToError: boolean;
}

export type AttachedEnd =
  { pid: number; exit: number | null; signal: NodeJS.Signals | null } | { startError: string };

const HANDED_ON = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'] as const;
/** What a terminal sends to every member of its foreground group. */
const OF_THE_TERMINAL: readonly string[] = ['SIGINT', 'SIGQUIT'];

/** Runs a program to its end, however long that takes. */
export async function runAttached(program: AttachedProgram): Promise<AttachedEnd> {
  if (interruption().aborted) return { startError: 'interrupted' };
  const resume = suspendInterruption();
  let child: ChildProcess | undefined;
  const handOn = (signal: NodeJS.Signals): void => {
    // The terminal has sent it to the program already; a second one means something else to many programs.
    if (OF_THE_TERMINAL.includes(signal) && isForeground()) return;
    child?.kill(signal);
  };
  for (const signal of HANDED_ON) process.on(signal, handOn);
  try {
    return await new Promise<AttachedEnd>((resolve) => {
      child = spawn(program.file, program.args, {
        argv0: program.name,
        env: program.env,
        stdio: ['inherit', program.outputToError ? 2 : 'inherit', 'inherit'],
      });
      const { pid } = child;
      child.once('error', (error: NodeJS.ErrnoException) => {
        if (pid === undefined) resolve({ startError: error.code ?? error.message });
      });
      child.once('exit', (exit, signal) => {
        if (pid !== undefined) resolve({ pid, exit, signal });
      });
    });
  } catch (error) {
    // Too long an argument list is thrown, a missing file is told.
    const { code, message } = error as NodeJS.ErrnoException;
    return { startError: code ?? message };
  } finally {
    for (const signal of HANDED_ON) process.off(signal, handOn);
    resume();
  }
}

/** Whether our process group is the one that the terminal talks to. */
function isForeground(): boolean {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    const [, , group, , , foreground] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return group === foreground;
  } catch {
    return isatty(0) || isatty(2);
  }
}
