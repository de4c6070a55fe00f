/**
 * What a command of the program is. Contract: a command adds itself to the program and hands its work to `run`, which
 * alone turns the work's end (a code, a Problem, a crash) into the exit code of the program.
 */
import type { Command as Program } from '@commander-js/extra-typings';
import { EXIT, type ExitCode } from '../domain/problem.js';

export type { Program };

/** Exit code of a program that the workbench only started; it means what that program says. */
export type ForeignExit = number & { readonly foreign: unique symbol };

/** Marks an exit code as another program's. */
export function foreignExit(code: number): ForeignExit {
  return code as ForeignExit;
}

/** Does a command's work; the promise ends when the program may end. */
export type Run = (work: () => Promise<ExitCode | ForeignExit>) => Promise<void>;

export interface WorkbenchCommand {
  name: string;
  /** Adds the command with its options; its action calls `run` once. */
  register: (program: Program, run: Run) => void;
}

const MEANINGS: Record<keyof typeof EXIT, string> = {
  asDeclared: 'all as declared',
  notAsDeclared: 'some verdict is not as declared',
  wrongInput: 'the input is wrong',
  environment: 'the environment cannot do it',
  incomplete: 'incomplete or not run',
  interrupted: 'interrupted',
};

/** Text below a command's options: its exit codes, with a meaning of its own where it differs from the program's. */
export function describeExits(own: Partial<Record<keyof typeof EXIT, string>> = {}): string {
  const lines = (Object.keys(EXIT) as (keyof typeof EXIT)[]).map(
    (name) => `  ${String(EXIT[name]).padEnd(4)}${own[name] ?? MEANINGS[name]}`,
  );
  return `\nExit codes:\n${lines.join('\n')}`;
}
