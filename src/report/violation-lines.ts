/** The counterexample of a recorded run as terminal lines. Pure. */
import type { ModelRun } from '../domain/run-record.js';
import { renderCounterexample } from './counterexample.js';
import { describeOutcome } from '../evidence/shown.js';
import type { Paint } from './paint.js';
import { runName } from './verify-screen.js';

/** @returns nothing where the run has no behaviour to show */
export function violationLines(run: ModelRun, width: number, paint: Paint): string[] {
  const reading = run.attempts.at(-1)?.reading;
  const behaviour = reading?.behaviour;
  if (!reading || !behaviour || behaviour.states.length === 0) return [];
  const files = new Map(
    run.closure.map(
      (c) => [c.path.slice(c.path.lastIndexOf('/') + 1).replace(/\.tla$/, ''), c.path] as const,
    ),
  );
  const { conjunct } = run;
  return renderCounterexample({
    behaviour,
    title: `${runName(run)}: ${describeOutcome(reading)}`,
    ...(conjunct ? { conjunct: { text: conjunct.text, place: `${conjunct.path}:${conjunct.line}` } } : {}),
    fileOf: (module) => files.get(module),
    width,
    paint,
  });
}
