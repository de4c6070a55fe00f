/**
 * Whether the fix was active in the process that was started. Pure: a judgement over the reports of processes and the
 * end of that one. Contract: no report is never "active", and what another process reports proves nothing about it.
 */
import { constants } from 'node:os';
import { EXIT, unreachable } from '../../domain/problem.js';
import type { ProcessReport } from './report-lines.js';

/** How the started program ended. */
export interface Ending {
  exit: number | null;
  signal: NodeJS.Signals | null;
}

export interface Proof {
  pid: number;
  state: 'active' | 'inactive' | 'not loaded';
  /** Whether `state`, or with `children` that of another process, is what was asked for. */
  shown: boolean;
  report?: ProcessReport;
  /** Of the processes that it started, and theirs. */
  others: ProcessReport[];
}

/** @param children a process that the program started counts, too */
export function judgeProof(pid: number, processes: readonly ProcessReport[], children: boolean): Proof {
  const report = processes.find((process) => process.pid === pid);
  const others = processes.filter((process) => process.pid !== pid);
  const state = report === undefined ? 'not loaded' : report.active ? 'active' : 'inactive';
  const shown = state === 'active' || (children && others.some((process) => process.active));
  return { pid, state, shown, others, ...(report === undefined ? {} : { report }) };
}

/** As a shell gives it: 128 and the number of the signal that ended it. Node tells a real-time signal as exit code 0. */
export function exitCodeOfProgram({ exit, signal }: Ending): number {
  return signal === null ? (exit ?? EXIT.notAsDeclared) : 128 + constants.signals[signal];
}

/** The program's own exit code; 1 in place of 0 where the fix was not shown to be active. */
export function exitCodeOfRun(ending: Ending, proof: Proof): number {
  const own = exitCodeOfProgram(ending);
  return own === 0 && !proof.shown ? EXIT.notAsDeclared : own;
}

const MOST_OTHERS = 4;

/** Lines for the user; the first says it for the program itself. */
export function describeProof(proof: Proof, ending: Ending): string[] {
  const active = proof.others.filter((process) => process.active);
  const listed = [...active, ...proof.others.filter((process) => !process.active)];
  const rest = listed.length - MOST_OTHERS;
  return [
    `fix: ${describeState(proof, ending)}`,
    ...listed.slice(0, MOST_OTHERS).map((process) => `fix: ${describeOther(process)}`),
    ...(rest > 0 ? [`fix: and ${amount(rest, 'more process', 'es')}`] : []),
    ...(!proof.shown && active.length > 0
      ? ['fix: with --children a process that it started counts, too']
      : []),
  ];
}

function describeState(proof: Proof, ending: Ending): string {
  switch (proof.state) {
    case 'active':
      return describeActive(proof, ending);
    case 'inactive':
      return `NOT active in pid ${proof.pid}: ${describeInactive(proof.report)}`;
    case 'not loaded':
      return `NOT active in pid ${proof.pid}: the library was not loaded, or is one that writes no report`;
    default:
      return unreachable(proof.state);
  }
}

function describeActive({ pid, report }: Proof, { signal }: Ending): string {
  const part = report?.partial === true ? ' in part' : '';
  const head = `active${part} in pid ${pid}: ${amount(report?.hooks ?? 0, 'method')} hooked`;
  if (report?.final !== true) {
    return `${head}; no counts: it ended by ${signal ?? '_exit or a real-time signal, or became another program,'} before its last report`;
  }
  const { guarded_calls: guarded, skips } = report.statistics;
  const counts = [
    ...(guarded === undefined ? [] : [`${amount(guarded, 'call')} guarded`]),
    ...(skips === undefined ? [] : [amount(skips, 'skip')]),
  ];
  return [head, ...counts].join(', ');
}

const amount = (count: number, what: string, plural = 's'): string =>
  `${count} ${what}${count === 1 ? '' : plural}`;

function describeInactive(report: ProcessReport | undefined): string {
  return report?.disabled === true
    ? 'loaded, and turned off by AGX_FIX_DISABLE'
    : 'loaded, and found no class of the driver';
}

function describeOther(process: ProcessReport): string {
  const place = `in child process ${process.pid}`;
  if (!process.active) return `NOT active ${place}: ${describeInactive(process)}`;
  return `active${process.partial ? ' in part' : ''} ${place}: ${amount(process.hooks, 'method')} hooked`;
}
