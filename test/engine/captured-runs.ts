/** The captured runs of fixtures/ (see ORIGIN.md there) as input for the reader. */
import { existsSync, readFileSync } from 'node:fs';
import type { Reading } from '../../src/domain/outcome.js';
import { foldReading, type RunOutput } from '../../src/engine/reading.js';

const folder = new URL('./fixtures/', import.meta.url);

interface Captured {
  name: string;
  exit: number | null;
  signal: string | null;
  command: string;
}

/** Every captured run, in the order of runs.jsonl. */
export const CAPTURED: Captured[] = readFileSync(new URL('runs.jsonl', folder), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Captured);

/** The text of a file among the fixtures. */
export function readFixture(name: string): string {
  return readFileSync(new URL(name, folder), 'utf8');
}

/** What the captured process did, as the engine would hand it to the reader. */
export function capturedRun(name: string): RunOutput {
  const run = CAPTURED.find((captured) => captured.name === name);
  if (run === undefined) throw new Error(`no captured run ${name}`);
  return {
    stdout: readFixture(`${name}.out`),
    stderr: existsSync(new URL(`${name}.err`, folder)) ? readFixture(`${name}.err`) : '',
    exit: run.exit,
    signal: run.signal,
    timedOut: false,
    interrupted: false,
    assumeOnly: false,
    simulate: false,
  };
}

/** The reading of a captured run, with circumstances changed. */
export function readCaptured(name: string, changes: Partial<RunOutput> = {}): Reading {
  return foldReading({ ...capturedRun(name), ...changes });
}
