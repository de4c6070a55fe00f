/**
 * Where the states and steps of a small graph stand in a picture. Contract: pure; the same graph gives the same picture,
 * in a time that a report of many graphs does not feel. A column for each distance from the initial states (breadth
 * first, so that no step skips a column), the order within a column and the heights such that steps are short.
 */
import type { StateGraph } from '../../domain/state-graph.js';
import { bend, CLEAR, drawCurve, NOWHERE, ORIGIN, RADIUS, type Point } from './graph-curves.js';
import { findHeights } from './graph-heights.js';
import { placeNames } from './graph-labels.js';

export interface Drawing {
  width: number;
  height: number;
  states: Point[];
  /** One for each pair of states; the actions that lead from the one to the other. */
  steps: { from: number; to: number; actions: string[]; path: string; label?: Point }[];
}

/** Above this, of states or of arrows, names would fill the picture. */
const MOST_LABELLED = 40;
const MOST_NAMES = 120;
/** Larger graphs are no pictures any more. */
const MOST_DRAWN = 220;
const MARGIN = 16;
const ROW = 30;
/** Between columns with many steps rows stand further apart, up to this: a name is so high. */
const TALLEST_ROW = 64;
const NAME = 13;
const COLUMN = 46;
/** A graph of few columns and many rows may be so wide, or its steps would all be upright. */
const WIDE = 1100;
const WIDEST_COLUMN = 220;
const LETTER = 6.6;
/** What each further name in a row needs beside the others, and all of them at most. */
const BESIDE = 55;
const MOST_BESIDE = 110;

interface Pair {
  from: number;
  to: number;
  actions: string[];
}

function joinSteps(graph: StateGraph): Pair[] {
  const pairs = new Map<number, Pair>();
  for (const { from, to, action } of graph.steps) {
    const key = from * graph.states.length + to;
    const pair = pairs.get(key);
    if (pair) pair.actions.push(action);
    else pairs.set(key, { from, to, actions: [action] });
  }
  return [...pairs.values()];
}

/** The column of each state: how many steps it is away from an initial one. */
function findColumns(graph: StateGraph, pairs: readonly Pair[]): number[] {
  const columns = graph.states.map((state): number => (state.initial ? 0 : -1));
  for (let column = 0, found = true; found; column += 1) {
    found = false;
    for (const { from, to } of pairs)
      if (columns[from] === column && columns[to] === -1) {
        columns[to] = column + 1;
        found = true;
      }
  }
  return columns.map((column) => Math.max(0, column));
}

const widthOf = (actions: readonly string[]): number => actions.join(', ').length * LETTER;

/** The column that a step leads into or out of, the right one of the two. */
const gapOf = (columns: readonly number[], { from, to }: Pair): number =>
  Math.max(columns[from] ?? 0, columns[to] ?? 0);

/** How far apart states of one column stand, such that the names of the steps between two columns have room. */
function findRow(columns: readonly number[], pairs: readonly Pair[]): number {
  const names = countBy(pairs.map((pair) => gapOf(columns, pair)));
  const members = countBy(columns);
  const wanted = [...names].map(
    ([gap, many]) => (many * NAME) / Math.max(members.get(gap) ?? 1, members.get(gap - 1) ?? 1),
  );
  return Math.min(TALLEST_ROW, Math.max(ROW, ...wanted));
}

/** Left edge of each column; where steps are labelled, as far apart as their names are long. */
function findLefts(columns: readonly number[], pairs: readonly Pair[], labelled: boolean): number[] {
  const lefts = [MARGIN + RADIUS];
  const last = Math.max(...columns);
  const members = countBy(columns);
  const least = Math.max(COLUMN, Math.min(WIDEST_COLUMN, WIDE / last, (columns.length / last) * 12));
  for (let column = 1; column <= last; column += 1) {
    const own = labelled ? pairs.filter((pair) => gapOf(columns, pair) === column) : [];
    // Many steps cross: their names need places beside each other, too.
    const rows = Math.max(members.get(column) ?? 1, members.get(column - 1) ?? 1);
    const beside = Math.min(MOST_BESIDE, Math.max(0, own.length / rows - 1) * BESIDE);
    const longest = own.map(({ actions }) => widthOf(actions) + beside + CLEAR + RADIUS + 4);
    lefts.push((lefts.at(-1) ?? 0) + Math.max(least, ...longest));
  }
  return lefts;
}

function countBy(numbers: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const n of numbers) counts.set(n, (counts.get(n) ?? 0) + 1);
  return counts;
}

/** Lays a graph out; undefined for one that is empty or too large to be a picture. */
export function layOut(graph: StateGraph): Drawing | undefined {
  const size = graph.states.length;
  if (size === 0 || size > MOST_DRAWN) return undefined;
  const pairs = joinSteps(graph);
  const columns = findColumns(graph, pairs);
  const labelled = size <= MOST_LABELLED && pairs.length <= MOST_NAMES;
  const heights = findHeights(columns, pairs, labelled ? findRow(columns, pairs) : ROW);
  const lefts = findLefts(columns, pairs, labelled);
  const states = heights.map((y, i) => ({ x: lefts[columns[i] ?? 0] ?? 0, y }));
  const bends = pairs.map(({ from, to }) => {
    const [a, b] = [states[from] ?? ORIGIN, states[to] ?? ORIGIN];
    return { a, b, by: bend(a, b, (columns[to] ?? 0) <= (columns[from] ?? 0)) };
  });
  const leaving = countBy(pairs.map(({ from }) => from));
  const entering = countBy(pairs.map(({ to }) => to));
  // A curve stays between its ends and the points that bend it.
  const ys = [...states, ...bends.flatMap(({ by }) => by)].map((point) => point.y);
  const top = Math.min(...ys) - MARGIN - RADIUS;
  const move = ({ x, y }: Point): Point => ({ x: Math.round(x), y: Math.round(y - top) });
  const curves = bends.map((curve) => drawCurve(curve, move));
  const places = states.map(move);
  const names = labelled
    ? placeNames(
        pairs.map(({ from, to, actions }, i) => ({
          points: curves[i]?.points ?? NOWHERE,
          width: widthOf(actions),
          parts: (leaving.get(from) ?? 0) >= (entering.get(to) ?? 0),
        })),
        places,
      )
    : [];
  return {
    width: (lefts.at(-1) ?? 0) + RADIUS + MARGIN + 16,
    height: Math.ceil(Math.max(...ys) - top + MARGIN + RADIUS),
    states: places,
    steps: pairs.map((pair, i) => {
      const label = names[i];
      return { ...pair, path: curves[i]?.path ?? '', ...(label ? { label } : {}) };
    }),
  };
}
