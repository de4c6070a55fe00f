import { expect } from 'chai';
import { readStateGraph } from '../../../src/engine/state-graph.js';
import { buildView } from '../../../src/report/view/build-view.js';
import type { Graphs } from '../../../src/report/view/graphs.js';
import { variant } from '../recorded.js';

const PATH = 'runs/x/logs/good.dot';

/** The view of a run that held in 9 states and whose record names a graph. */
async function look(graphs: Graphs | undefined, change: 'held' | 'stopped' = 'held') {
  const record = await variant('check-locks', 'x', ({ models }) => {
    models[0]!.graph = 'logs/good.dot';
    if (change === 'stopped') models[0]!.outcome = { kind: 'Interrupted' };
  });
  return buildView([record], graphs ? { graphs } : {}).models[0]!.runs[0]!;
}

const states = (many: number): string =>
  Array.from({ length: many }, (_, i) => `${i} [label="/\\\\ x = ${i}"];`).join('\n');

const of = (dot: string): Graphs => new Map([[PATH, () => readStateGraph(dot)]]);

describe('the state graph that a record names', () => {
  it('is in the view where its file has every state of a run that held', async () => {
    const run = await look(of(states(9)));
    expect(run.graph?.states).to.have.length(9);
    expect(run.graphFault).to.equal(undefined);
  });

  it('is missed where its file is not there or cannot be read', async () => {
    const gone = await look(new Map());
    expect(gone.graph).to.equal(undefined);
    expect(gone.graphFault).to.equal(`${PATH} is not there, or cannot be read`);
    const broken = await look(
      new Map([
        [
          PATH,
          () => {
            throw new Error('EISDIR');
          },
        ],
      ]),
    );
    expect(broken.graphFault).to.equal(`${PATH} cannot be read`);
  });

  it('is refused where its file is not what TLC wrote: no state in it, or too few of a run that held', async () => {
    for (const [dot, why] of [
      ['not a graph', 'it has no state'],
      [states(5), 'it has 5 of 9 states'],
    ] as const) {
      const run = await look(of(dot));
      expect(run.graph).to.equal(undefined);
      expect(run.graphFault).to.equal(`${PATH} is not what TLC wrote: ${why}`);
    }
  });

  it('may have fewer states where the run stopped', async () => {
    const run = await look(of(states(5)), 'stopped');
    expect(run.graph?.states).to.have.length(5);
    expect(run.graphFault).to.equal(undefined);
  });

  it('is not missed where nobody looked for it', async () => {
    const run = await look(undefined);
    expect(run.graph).to.equal(undefined);
    expect(run.graphFault).to.equal(undefined);
  });
});
