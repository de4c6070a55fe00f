/**
 * Where the states and steps of a small graph stand in a picture. Contract: pure; the same graph gives the same picture,
 * in a time that a report of many graphs does not feel. A column for each distance from the initial states (breadth
 * first, so that no step skips a column), the order within a column and the heights such that steps are short.
 */
import type { StateGraph } from '../../domain/state-graph.js';
import { bend, CLEAR, drawCurve, RADIUS, type Point } from './graph-curves.js';

export interface Drawing {
  width: number;
  height: number;
  states: Point[];
  /** One for each pair of states; the actions that lead from the one to the other. */
  steps: { from: number; to: number; actions: string[]; path: string; label?: Point }[];
}

/** Above this the names would stand on top of each other. */
const MOST_LABELLED = 40;
/** Larger graphs are no pictures any more. */
const MOST_DRAWN = 220;
const MARGIN = 16;
const ROW = 30;
const COLUMN = 46;
/** A graph of few columns and many rows may be so wide, or its steps would all be upright. */
const WIDE = 1100;
const WIDEST_COLUMN = 220;
const LETTER = 6.6;
const SWEEPS = 10;

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

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

/**
 * Heights nearest to the wanted ones that keep the order and the distance of a row: states that would stand closer
 * share their displacement.
 */
function settle(wanted: readonly number[]): number[] {
  const blocks: { sum: number; size: number }[] = [];
  wanted.forEach((y, i) => {
    blocks.push({ sum: y - i * ROW, size: 1 });
    for (;;) {
      const [before, last] = blocks.slice(-2);
      if (!before || !last || before.sum / before.size <= last.sum / last.size) break;
      blocks.splice(-2, 2, { sum: before.sum + last.sum, size: before.size + last.size });
    }
  });
  return blocks.flatMap(({ sum, size }) => Array<number>(size).fill(sum / size)).map((y, i) => y + i * ROW);
}

/** Heights of all states, column by column, to and fro, each near the middle of its neighbours in the column before. */
function findHeights(columns: readonly number[], pairs: readonly Pair[]): number[] {
  const members: number[][] = [];
  columns.forEach((column, i) => (members[column] ??= []).push(i));
  const heights = columns.map((column, i) => (members[column]?.indexOf(i) ?? 0) * ROW);
  const neighbours = columns.map((): number[] => []);
  for (const { from, to } of pairs)
    if (Math.abs((columns[from] ?? 0) - (columns[to] ?? 0)) === 1) {
      neighbours[from]?.push(to);
      neighbours[to]?.push(from);
    }
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const forward = sweep % 2 === 0;
    for (const column of forward ? members : [...members].reverse()) {
      const wanted = new Map(
        column.map((i) => {
          const near = (neighbours[i] ?? []).filter(
            (other) => (columns[other] ?? 0) < (columns[i] ?? 0) === forward,
          );
          return [i, near.length === 0 ? (heights[i] ?? 0) : mean(near.map((other) => heights[other] ?? 0))];
        }),
      );
      column.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0) || a - b);
      settle(column.map((i) => wanted.get(i) ?? 0)).forEach((y, k) => (heights[column[k] ?? 0] = y));
    }
  }
  return heights;
}

const widthOf = (actions: readonly string[]): number => actions.join(', ').length * LETTER;

/** Left edge of each column; where steps are labelled, as far apart as their names are long. */
function findLefts(columns: readonly number[], pairs: readonly Pair[], labelled: boolean): number[] {
  const lefts = [MARGIN + RADIUS];
  const last = Math.max(...columns);
  const least = Math.max(COLUMN, Math.min(WIDEST_COLUMN, WIDE / last, (columns.length / last) * 12));
  for (let column = 1; column <= last; column += 1) {
    const longest = labelled
      ? pairs
          .filter(({ from, to }) => Math.max(columns[from] ?? 0, columns[to] ?? 0) === column)
          .map(({ actions }) => widthOf(actions) + CLEAR + RADIUS + 4)
      : [];
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
  const heights = findHeights(columns, pairs);
  const labelled = size <= MOST_LABELLED;
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
  return {
    width: (lefts.at(-1) ?? 0) + RADIUS + MARGIN + 16,
    height: Math.ceil(Math.max(...ys) - top + MARGIN + RADIUS),
    states: states.map(move),
    steps: bends.map((curve, i) => {
      const { from, to, actions } = pairs[i] ?? { from: 0, to: 0, actions: [] };
      const parts = (leaving.get(from) ?? 0) >= (entering.get(to) ?? 0);
      const { path, label } = drawCurve(curve, move, { width: widthOf(actions), parts });
      return { from, to, actions, path, ...(labelled ? { label } : {}) };
    }),
  };
}

const ORIGIN: Point = { x: 0, y: 0 };
