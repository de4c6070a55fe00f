/**
 * Where the states and steps of a small graph stand in a picture. Contract: asks Graphviz, in this process and without
 * network, only when there is something to lay out; positions are in pixels, y downwards.
 */
import type { Graphviz } from '@hpcc-js/wasm-graphviz';
import type { StateGraph } from '../../domain/state-graph.js';

export interface Drawing {
  width: number;
  height: number;
  states: { x: number; y: number }[];
  /** One for each pair of states; the actions that lead from the one to the other. */
  steps: { from: number; to: number; actions: string[]; path: string; label?: { x: number; y: number } }[];
}

/** Above this a graph is a list of names on top of each other. */
const MOST_LABELLED = 40;
/** TLC's graphs of small models; others that come this far would take seconds. */
export const MOST_DRAWN = 220;
const INCH = 72;
const MARGIN = 12;

/** Radius of a state's circle; page.css has it, too. */
const RADIUS = 11;

let loaded: Promise<Graphviz> | undefined;
const laidOut = new Map<string, string>();

/** The library is a WebAssembly module of a megabyte: it is loaded once, and not at all for a report without graphs. */
async function loadGraphviz(): Promise<Graphviz> {
  loaded ??= import('@hpcc-js/wasm-graphviz').then((library) => library.Graphviz.load());
  return loaded;
}

interface Pair {
  from: number;
  to: number;
  actions: string[];
}

function joinSteps(graph: StateGraph): Pair[] {
  const pairs = new Map<string, Pair>();
  for (const { from, to, action } of graph.steps) {
    const key = `${from} ${to}`;
    const pair = pairs.get(key);
    if (pair) pair.actions.push(action);
    else pairs.set(key, { from, to, actions: [action] });
  }
  return [...pairs.values()];
}

/** Only numbers and sizes reach Graphviz: a name in a spec cannot break out of its own label. */
function toDot(graph: StateGraph, pairs: Pair[], labelled: boolean): string {
  const size = (2 * RADIUS) / INCH;
  const label = ({ actions }: Pair): string => {
    if (!labelled) return '';
    const width = Math.max(...actions.map((action) => action.length)) * 6;
    return `[label=<<table border="0" fixedsize="true" width="${width}" height="${actions.length * 13}"><tr><td></td></tr></table>>]`;
  };
  return [
    'digraph{rankdir=LR;nodesep=0.14;ranksep=0.3;nslimit=2;mclimit=0.5;',
    `node[shape=circle,fixedsize=true,width=${size},label=""];`,
    ...graph.states.map((_, i) => `${i};`),
    ...pairs.map((pair) => `${pair.from}->${pair.to}${label(pair)};`),
    '}',
  ].join('');
}

/** Lines of Graphviz' `plain` format: https://graphviz.org/docs/outputs/plain/. */
function readPlain(plain: string, graph: StateGraph, pairs: Pair[]): Drawing {
  const drawing: Drawing = {
    width: 0,
    height: 0,
    states: graph.states.map(() => ({ x: 0, y: 0 })),
    steps: [],
  };
  const x = (text = '0'): number => Math.round(Number(text) * INCH) + MARGIN;
  const y = (text = '0'): number => drawing.height - MARGIN - Math.round(Number(text) * INCH);
  const byPair = new Map(pairs.map((pair) => [`${pair.from} ${pair.to}`, pair]));
  for (const line of plain.replaceAll('\\\n', '').split('\n')) {
    const [kind, ...words] = line.split(' ');
    if (kind === 'graph') {
      drawing.width = x(words[1]) + MARGIN;
      drawing.height = x(words[2]) + MARGIN;
    } else if (kind === 'node') {
      drawing.states[Number(words[0])] = { x: x(words[1]), y: y(words[2]) };
    } else if (kind === 'edge') {
      const points = Number(words[2]);
      const at = (i: number): string => `${x(words[3 + 2 * i])} ${y(words[4 + 2 * i])}`;
      const rest = Array.from({ length: points - 1 }, (_, i) => at(i + 1));
      const [from, to] = [Number(words[0]), Number(words[1])];
      const pair = byPair.get(`${from} ${to}`);
      // Behind the points: label, x, y, style, colour; without a label only the last two.
      const behind = words.slice(3 + 2 * points);
      const label = behind.length >= 5 ? { x: x(behind.at(-4)), y: y(behind.at(-3)) } : undefined;
      drawing.steps.push({
        from,
        to,
        actions: pair?.actions ?? [],
        path: `M${at(0)}C${rest.join(' ')}`,
        ...(label ? { label } : {}),
      });
    }
  }
  return drawing;
}

/** Lays a graph out; undefined for one that is empty or too large to be a picture. */
export async function layOut(graph: StateGraph): Promise<Drawing | undefined> {
  if (graph.states.length === 0 || graph.states.length > MOST_DRAWN) return undefined;
  const graphviz = await loadGraphviz();
  const pairs = joinSteps(graph);
  const dot = toDot(graph, pairs, graph.states.length <= MOST_LABELLED);
  // Models that differ in a constant often have one and the same graph.
  const plain = laidOut.get(dot) ?? graphviz.layout(dot, 'plain', 'dot');
  laidOut.set(dot, plain);
  return readPlain(plain, graph, pairs);
}
