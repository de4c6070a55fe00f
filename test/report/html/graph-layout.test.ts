import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import type { StateGraph } from '../../../src/domain/state-graph.js';
import { readStateGraph } from '../../../src/engine/state-graph.js';
import { layOut } from '../../../src/report/html/graph-layout.js';

const real = readStateGraph(
  readFileSync(new URL('../../engine/fixtures/graph.dot', import.meta.url), 'utf8'),
);
const state = (initial: boolean): StateGraph['states'][number] => ({ text: '', initial });
const step = (from: number, to: number): StateGraph['steps'][number] => ({ from, to, action: 'A' });

describe('the picture of a state graph', () => {
  it('has every state in a place of its own, inside of the picture', () => {
    const drawing = layOut(real);
    const places = drawing?.states ?? [];
    expect(places).to.have.length(real.states.length);
    for (const [i, a] of places.entries()) {
      expect(a.x).to.be.within(11, (drawing?.width ?? 0) - 11);
      expect(a.y).to.be.within(11, (drawing?.height ?? 0) - 11);
      for (const b of places.slice(i + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).to.be.greaterThan(22);
    }
  });

  it('has each step once, and a state further right the more steps it is away', () => {
    const drawing = layOut(real);
    expect(drawing?.steps).to.have.length(real.steps.length);
    const x = (i: number): number => drawing?.states[i]?.x ?? 0;
    const columns = [...new Set(drawing?.states.map((one) => one.x))].sort((a, b) => a - b);
    for (const { from, to } of real.steps)
      expect(columns.indexOf(x(to)) - columns.indexOf(x(from))).to.be.at.most(1);
  });

  it('is the same each time', () => {
    expect(layOut(real)).to.deep.equal(layOut(structuredClone(real)));
  });

  it('joins the actions between two states, draws loops and ways back, and needs no step at all', () => {
    const graph = {
      states: [state(true), state(false), state(false)],
      steps: [step(0, 1), { ...step(0, 1), action: 'B' }, step(1, 1), step(1, 2), step(2, 0)],
    };
    const steps = layOut(graph)?.steps ?? [];
    expect(steps.map((one) => one.actions.join())).to.deep.equal(['A,B', 'A', 'A', 'A']);
    for (const { path } of steps) expect(path).to.match(/^M-?\d+ -?\d+C(-?\d+ ?){6}$/);
    const alone = layOut({ states: [state(true)], steps: [] });
    expect(alone?.states).to.have.length(1);
    expect(alone?.width).to.be.greaterThan(0).and.to.be.lessThan(200);
  });

  it('a name ends before the arrow head of its step, and two that lead to one state do not meet', () => {
    const named = (from: number, to: number): StateGraph['steps'][number] => ({
      from,
      to,
      action: 'OwnBeforeLock',
    });
    const drawing = layOut({
      states: [state(true), state(false), state(false), state(false)],
      steps: [named(0, 1), named(0, 2), named(1, 3), named(2, 3)],
    });
    const labels = drawing?.steps.map(({ label }) => label ?? { x: 0, y: 0 }) ?? [];
    const half = ('OwnBeforeLock'.length * 6.5) / 2;
    for (const [i, { from, to }] of (drawing?.steps ?? []).entries()) {
      const { x = 0 } = labels[i] ?? {};
      expect(x - half).to.be.at.least((drawing?.states[from]?.x ?? 0) + 11);
      expect(x + half).to.be.at.most((drawing?.states[to]?.x ?? 0) - 20);
    }
    expect(Math.abs((labels[2]?.y ?? 0) - (labels[3]?.y ?? 0))).to.be.at.least(9);
  });

  /** All steps between the states of neighbouring columns, to and fro. */
  const dense = (sizes: readonly number[]): StateGraph => {
    const columns = sizes.map((size, c) =>
      Array.from({ length: size }, (_, i) => i + sizes.slice(0, c).reduce((sum, n) => sum + n, 0)),
    );
    const steps = columns
      .slice(1)
      .flatMap((column, c) =>
        column.flatMap((b) => (columns[c] ?? []).flatMap((a) => [step(a, b), step(b, a)])),
      );
    return {
      states: columns.flatMap((column, c) => column.map(() => state(c === 0))),
      steps: steps.map((one) => ({ ...one, action: one.from < one.to ? 'Start' : 'Stop' })),
    };
  };

  it('no name stands on another one or on a state, however many steps lead to and fro', () => {
    for (const graph of [dense([1, 3, 3, 1]), dense([1, 4, 4]), dense([1, 7, 7]), real]) {
      const drawing = layOut(graph);
      const boxes = (drawing?.steps ?? []).flatMap(({ label, actions }) => {
        const half = (actions.join(', ').length * 6.5) / 2;
        return label
          ? [{ left: label.x - half, right: label.x + half, top: label.y - 9, bottom: label.y + 2 }]
          : [];
      });
      const circles = (drawing?.states ?? []).map(({ x, y }) => ({
        ...{ left: x - 11, right: x + 11 },
        ...{ top: y - 11, bottom: y + 11 },
      }));
      for (const [i, a] of boxes.entries())
        for (const b of [...boxes.slice(i + 1), ...circles])
          expect(
            a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom,
            JSON.stringify([a, b]),
          ).to.equal(false);
    }
  });

  it('most names are written in a small graph; those that find no room, and those of very many steps, are not', () => {
    const named = (graph: StateGraph): number[] => {
      const steps = layOut(graph)?.steps ?? [];
      return [steps.filter(({ label }) => label).length, steps.length];
    };
    expect(named(dense([1, 3, 3, 1]))).to.deep.equal([30, 30]);
    const [some = 0, all = 0] = named(dense([1, 7, 7]));
    expect(some)
      .to.be.greaterThan(all / 3)
      .and.to.be.lessThan(all);
    expect(named(dense([1, 9, 9]))).to.deep.equal([0, 180]);
  });

  it('is none for no states, and for more than make a picture', () => {
    expect(layOut({ states: [], steps: [] })).to.equal(undefined);
    expect(layOut({ states: Array.from({ length: 221 }, () => state(true)), steps: [] })).to.equal(undefined);
  });
});
