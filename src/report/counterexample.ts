/** A counterexample as terminal lines: one lane per thread, only what changed, places that a terminal makes clickable. Pure. */
import { cutText, showChange } from './changes.js';
import { textWidth } from './text-width.js';
import type { BehaviourView, Step } from './view/model-view.js';
import { padTo as pad } from './wrap.js';

export interface CounterexampleView {
  behaviour: BehaviourView;
  /** The conjunct that is false in the last state, where it could be told. */
  conjunct?: { text: string; place: string };
  /** Columns of the terminal. */
  width: number;
  /** Paints text; the identity where colour is off. */
  paint: { dim: (s: string) => string; bold: (s: string) => string; red: (s: string) => string };
}

function placeOf({ place }: Step): string {
  return place ? `${place.path}:${place.line}:${place.column ?? 1}` : '';
}

/** Breaks a text at single blanks, so that several in a string stay several; what follows is indented by two. */
function breakText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const [i, word] of text.split(' ').entries()) {
    if (i > 0 && textWidth(`${line} ${word}`) > width) {
      lines.push(line);
      line = `  ${word}`;
    } else line = i === 0 ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Lays texts out in lines no wider than `width`, several on a line; a text that needs more than one is broken at blanks. */
function flow(texts: string[], width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const text of texts) {
    if (textWidth(text) > width) {
      if (line !== '') lines.push(line);
      lines.push(...breakText(text, width));
      line = '';
      continue;
    }
    const joined = line === '' ? text : `${line}   ${text}`;
    if (line !== '' && textWidth(joined) > width) {
      lines.push(line);
      line = text;
    } else line = joined;
  }
  return line === '' ? lines : [...lines, line];
}

function laneWidth({ behaviour }: CounterexampleView): number {
  const longest = Math.max(
    ...behaviour.steps.map((step) => textWidth(step.action)),
    ...behaviour.lanes.map((name) => textWidth(name)),
  );
  return longest + 2;
}

/** Columns, where they fit in two thirds of the terminal. */
function hasColumns(view: CounterexampleView): boolean {
  const lanes = view.behaviour.lanes.length;
  return lanes > 0 && laneWidth(view) * lanes <= (view.width * 2) / 3;
}

/** The step's action in the column of its thread, or behind the thread's name where columns do not fit. */
function laneText(view: CounterexampleView, step: Step): string {
  const { lanes } = view.behaviour;
  if (lanes.length === 0) return step.action;
  const { lane } = step;
  if (!hasColumns(view)) return `[${lane === null ? '-' : (lanes[lane] ?? '-')}] ${step.action}`;
  const width = laneWidth(view);
  if (lane === null) return pad(step.action, width * lanes.length);
  const before = lanes.slice(0, lane).map(() => pad('|', width));
  const after = lanes.slice(lane + 1).map(() => pad('|', width));
  return [...before, pad(step.action, width), ...after].join('');
}

/** The lines of a counterexample; every state and change is there, very long values are cut, lists of changes wrap. */
export function renderCounterexample(view: CounterexampleView): string[] {
  const { behaviour, paint } = view;
  const lines = [paint.bold(paint.red(behaviour.title))];
  if (view.conjunct)
    lines.push(`  false in the last state: ${view.conjunct.text}   ${paint.dim(view.conjunct.place)}`);
  if (hasColumns(view))
    lines.push(paint.dim(`     ${behaviour.lanes.map((name) => pad(name, laneWidth(view))).join('')}`));
  behaviour.steps.forEach((step, i) => {
    lines.push(
      `${String(step.number).padStart(3)}  ${laneText(view, step)}  ${paint.dim(placeOf(step))}`.trimEnd(),
    );
    const texts =
      i > 0
        ? step.changes.map(showChange)
        : step.changes.map((change) => `${change.path} = ${cutText(change.after ?? '')}`);
    for (const line of flow(texts.length ? texts : ['(nothing changed)'], Math.max(24, view.width - 8)))
      lines.push(`       ${i > 0 ? line : paint.dim(line)}`);
  });
  return behaviour.endingText === '' ? lines : [...lines, `     ${behaviour.endingText}`];
}
