/** The flags that every command that runs something shares, read and checked in one place. */
import type { Command } from '@commander-js/extra-typings';
import { EXIT, Problem } from '../domain/problem.js';
import { FORMATS } from '../report/formats/format.js';
import { readTarget, type ReportTarget } from './report-stage.js';

export interface RunOptions {
  json: boolean;
  jobs?: number | undefined;
  memory?: number | undefined;
  timeout?: number | undefined;
  failFast: boolean;
  dryRun: boolean;
  quiet: boolean;
  /** Reports to write when all is done. */
  reports: ReportTarget[];
  /** Show everything anew, whatever the cache holds. */
  fresh: boolean;
}

function readPositive(flag: string, text: string, unit: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0)
    throw new Problem(
      'USAGE',
      `${flag} ${text}: expected a positive number of ${unit}`,
      `for example ${flag} 2`,
      EXIT.wrongInput,
    );
  return value;
}

function readWhole(flag: string, text: string, unit: string): number {
  const value = readPositive(flag, text, unit);
  if (!Number.isInteger(value))
    throw new Problem(
      'USAGE',
      `${flag} ${text}: expected a whole number of ${unit}`,
      `for example ${flag} 2`,
      EXIT.wrongInput,
    );
  return value;
}

/** Megabytes from `2048`, `2048m` or `2g`. */
function readMemory(text: string): number {
  const match = /^(\d+)([mMgG]?)[bB]?$/.exec(text);
  const value = Number(match?.[1] ?? 0) * (/[gG]/.test(match?.[2] ?? '') ? 1024 : 1);
  if (!match || value <= 0)
    throw new Problem(
      'USAGE',
      `--memory ${text}: expected megabytes, or gigabytes with g`,
      'for example --memory 4g',
      EXIT.wrongInput,
    );
  return value;
}

/** Adds the flags; the texts stay texts until `readRunOptions`, so that a wrong one is a Problem like any other. */
export function addRunOptions<
  A extends unknown[],
  O extends Record<string, unknown>,
  G extends Record<string, unknown>,
>(program: Command<A, O, G>) {
  return program
    .option(
      '--json',
      'one JSON object on standard output, the record or {"problems": […], "exitCode": n}; all else on standard error',
    )
    .option('--jobs <n>', 'models that run at once (default: one per core, as memory allows)')
    .option('--memory <size>', 'memory for all of them together, in MB, or with g in GB')
    .option(
      '--timeout <seconds>',
      'deadline of one model run (default: workbench.json, else 300); a model may set its own',
    )
    .option('--fail-fast', 'start no further model after the first verdict that is not as declared')
    .option('--dry-run', 'print the exact command lines and run nothing')
    .option('--fresh', 'reuse no result of an earlier run; what is shown replaces it')
    .option('--quiet', 'print only what is wrong, and the result')
    .option(
      '--report <format=file>',
      `write a report besides (${FORMATS.join(', ')}); again for each`,
      (target: string, before: string[] | undefined) => [...(before ?? []), target],
    );
}

/** @throws Problem USAGE, exit 2 */
export function readRunOptions(raw: {
  json?: true | undefined;
  jobs?: string | undefined;
  memory?: string | undefined;
  timeout?: string | undefined;
  failFast?: true | undefined;
  dryRun?: true | undefined;
  quiet?: true | undefined;
  report?: string[] | undefined;
  fresh?: true | undefined;
}): RunOptions {
  return {
    json: raw.json ?? false,
    jobs: raw.jobs === undefined ? undefined : readWhole('--jobs', raw.jobs, 'jobs'),
    memory: raw.memory === undefined ? undefined : readMemory(raw.memory),
    timeout: raw.timeout === undefined ? undefined : readPositive('--timeout', raw.timeout, 'seconds'),
    failFast: raw.failFast ?? false,
    dryRun: raw.dryRun ?? false,
    quiet: raw.quiet ?? false,
    reports: (raw.report ?? []).map(readTarget),
    fresh: raw.fresh ?? false,
  };
}
