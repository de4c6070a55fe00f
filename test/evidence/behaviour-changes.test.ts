import { expect } from 'chai';
import type { State, Value } from '../../src/domain/behaviour.js';
import type { ModelRun } from '../../src/domain/run-record.js';
import { changesInBehaviours } from '../../src/evidence/behaviour-changes.js';

const int = (n: number): Value => ({ kind: 'int', value: String(n) });
const states = (...values: { x: number; y: number }[]): State[] =>
  values.map(({ x, y }, i) => ({
    number: i + 1,
    action: { name: 'A' },
    variables: { x: int(x), y: int(y) },
  }));
const run = (model: string, shown: State[] | undefined): ModelRun =>
  ({
    model,
    attempts: [
      { reading: shown ? { behaviour: { states: shown, ending: { kind: 'stops' } } } : {} },
    ] as unknown as ModelRun['attempts'],
  }) as ModelRun;

describe('variables that counterexamples change', () => {
  it('a variable counts with the first run and step that change it', () => {
    const found = changesInBehaviours(
      [
        run('a.cfg', states({ x: 0, y: 0 }, { x: 0, y: 0 }, { x: 1, y: 0 })),
        run('b.cfg', states({ x: 0, y: 0 }, { x: 5, y: 2 })),
      ],
      ['x', 'y', 'z'],
    );
    expect([...found]).to.deep.equal([
      ['x', { model: 'a.cfg', depth: 2 }],
      ['y', { model: 'b.cfg', depth: 1 }],
    ]);
  });

  it('a run without counterexample, or with a single state, shows no change', () => {
    expect(
      changesInBehaviours([run('a.cfg', undefined), run('b.cfg', states({ x: 3, y: 3 }))], ['x']).size,
    ).to.equal(0);
  });
});
