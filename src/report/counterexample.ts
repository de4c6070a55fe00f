/** A counterexample as terminal lines: one lane per thread, only what changed, places that a terminal makes clickable. Pure. */
import stringWidth from 'string-width';
import type { Action, Behaviour, State } from '../domain/behaviour.js';
import { unreachable } from '../domain/problem.js';
import { formatValue } from '../engine/values.js';
import { changesBetween, cutText, showChange } from './changes.js';
import { findLanes, type Lanes } from './lanes.js';
import { padTo as pad } from './wrap.js';

export interface CounterexampleView {
  behaviour: Behaviour;
  /** The sentence above it, e.g. `NoUseAfterFree is violated`. */
  title: string;
  /** The conjunct that is false in the last state, where it could be told. */
  conjunct?: { text: string; place: string };
  /** File of a module, as the user would type it. */
  fileOf: (module: string) => string | undefined;
  /** Columns of the terminal. */
  width: number;
  /** Paints text; the identity where colour is off. */
  paint: { dim: (s: string) => string; bold: (s: string) => string; red: (s: string) => string };
}

function placeOf(action: Action, fileOf: CounterexampleView['fileOf']): string {
  if (!action.span) return '';
  const file = fileOf(action.span.module) ?? action.span.module;
  return `${file}:${action.span.line}:${action.span.column}`;
}

const actionText = (action: Action): string =>
  action.arguments?.length ? `${action.name}(${action.arguments.join(', ')})` : action.name;

/** Breaks a text at single blanks, so that several in a string stay several; what follows is indented by two. */
function breakText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const [i, word] of text.split(' ').entries()) {
    if (i > 0 && stringWidth(`${line} ${word}`) > width) {
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
    if (stringWidth(text) > width) {
      if (line !== '') lines.push(line);
      lines.push(...breakText(text, width));
      line = '';
      continue;
    }
    const joined = line === '' ? text : `${line}   ${text}`;
    if (line !== '' && stringWidth(joined) > width) {
      lines.push(line);
      line = text;
    } else line = joined;
  }
  return line === '' ? lines : [...lines, line];
}

function laneWidth(view: CounterexampleView, lanes: Lanes): number {
  const longest = Math.max(
    ...view.behaviour.states.map((s) => stringWidth(actionText(s.action))),
    ...lanes.names.map((n) => stringWidth(n)),
  );
  return longest + 2;
}

/** Columns when they fit in two thirds of the terminal, else the lane's name before the action. */
function lanePrinter(
  view: CounterexampleView,
  lanes: Lanes | undefined,
): (state: State, i: number) => string {
  if (!lanes) return (state) => actionText(state.action);
  const width = laneWidth(view, lanes);
  if (width * lanes.names.length > (view.width * 2) / 3)
    return (state, i) => {
      const lane = lanes.of[i];
      return `[${lane === undefined ? '-' : (lanes.names[lane] ?? '-')}] ${actionText(state.action)}`;
    };
  return (state, i) => {
    const lane = lanes.of[i];
    if (lane === undefined) return pad(actionText(state.action), width * lanes.names.length);
    const before = lanes.names.slice(0, lane).map(() => pad('|', width));
    const after = lanes.names.slice(lane + 1).map(() => pad('|', width));
    return [...before, pad(actionText(state.action), width), ...after].join('');
  };
}

function endingLines(view: CounterexampleView): string[] {
  const ending = view.behaviour.ending;
  switch (ending.kind) {
    case 'stops':
      return [];
    case 'stutters':
      return ['     then nothing happens any more (stuttering)'];
    case 'back':
      return [`     then back to state ${ending.to} by ${actionText(ending.action)}, for ever`];
    default:
      return unreachable(ending);
  }
}

/** The lines of a counterexample; every state and change is there, very long values are cut, lists of changes wrap. */
export function renderCounterexample(view: CounterexampleView): string[] {
  const { behaviour, paint } = view;
  const lanes = findLanes(behaviour);
  const laneText = lanePrinter(view, lanes);
  const lines = [paint.bold(paint.red(view.title))];
  if (view.conjunct)
    lines.push(`  false in the last state: ${view.conjunct.text}   ${paint.dim(view.conjunct.place)}`);
  if (lanes && laneWidth(view, lanes) * lanes.names.length <= (view.width * 2) / 3)
    lines.push(paint.dim(`     ${lanes.names.map((n) => pad(n, laneWidth(view, lanes))).join('')}`));
  behaviour.states.forEach((state, i) => {
    const place = placeOf(state.action, view.fileOf);
    lines.push(
      `${pad(String(state.number).padStart(3), 3)}  ${laneText(state, i)}  ${paint.dim(place)}`.trimEnd(),
    );
    const before = behaviour.states[i - 1];
    const texts = before
      ? changesBetween(before, state).map(showChange)
      : Object.keys(state.variables)
          .sort()
          .map((name) => {
            const value = state.variables[name];
            return value ? `${name} = ${cutText(formatValue(value))}` : name;
          });
    for (const line of flow(texts.length ? texts : ['(nothing changed)'], Math.max(24, view.width - 8)))
      lines.push(`       ${before ? line : paint.dim(line)}`);
  });
  return [...lines, ...endingLines(view)];
}
