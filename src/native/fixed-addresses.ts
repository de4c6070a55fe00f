/**
 * Starts a program again with addresses that are not random. GCC's ThreadSanitizer needs its memory where many systems
 * put programs by chance, and then ends before the program begins.
 */
import type { ProcessResult } from '../host/processes.js';
import type { Launch } from './injection.js';
import { findSanitizerObstacle } from './sanitizer-report.js';
import { findProgram } from './toolchain.js';

/** The same launch through `setarch -R`; undefined where that program, or `env`, is missing. */
export async function withFixedAddresses(launch: Launch): Promise<Launch | undefined> {
  const { LD_PRELOAD, ...env } = launch.env;
  const [setarch, assign] = await Promise.all(['setarch', 'env'].map((name) => findProgram(name, env)));
  if (setarch === undefined || assign === undefined) return undefined;
  // The preloaded runtime would end setarch itself, so the variable is set behind it.
  const preload = LD_PRELOAD === undefined ? [] : [`LD_PRELOAD=${LD_PRELOAD}`];
  return { ...launch, command: [setarch, '-R', assign, ...preload, ...launch.command], env };
}

/** How a program was started in the end, what it did, and why a sanitizer did not run all the same. */
export interface PlacedRun {
  launch: Launch;
  ran: ProcessResult;
  obstacle: string | null;
}

/** Runs a program; where a sanitizer finds no place for its memory, once more with fixed addresses. */
export async function runPlaced(
  launch: Launch,
  start: (launch: Launch) => Promise<ProcessResult>,
): Promise<PlacedRun> {
  const ran = await start(launch);
  const obstacle = findSanitizerObstacle(ran.stderr);
  const fixed = obstacle === null ? undefined : await withFixedAddresses(launch);
  if (fixed === undefined) return { launch, ran, obstacle };
  const again = await start(fixed);
  // Containers often forbid it: then the program did not even start.
  if (/^setarch: /m.test(again.stderr)) return { launch, ran, obstacle };
  return { launch: fixed, ran: again, obstacle: findSanitizerObstacle(again.stderr) };
}
