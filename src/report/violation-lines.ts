/** The counterexample of a run as terminal lines. Pure. */
import { renderCounterexample } from './counterexample.js';
import { mapTexts, oneLine } from './formats/control-characters.js';
import type { Paint } from './paint.js';
import type { RunView } from './view/model-view.js';

/** @returns nothing where the run has no behaviour to show */
export function violationLines(run: RunView, width: number, paint: Paint): string[] {
  if (!run.behaviour) return [];
  const { behaviour, conjunct } = mapTexts({ behaviour: run.behaviour, conjunct: run.conjunct }, oneLine);
  return renderCounterexample({
    behaviour,
    ...(conjunct ? { conjunct: { text: conjunct.text, place: `${conjunct.path}:${conjunct.line}` } } : {}),
    width,
    paint,
  });
}
