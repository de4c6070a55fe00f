import { expect } from 'chai';
import type { Action, Behaviour, Ending } from '../../../src/domain/behaviour.js';
import type { StateGraph } from '../../../src/domain/state-graph.js';
import { markPath, stepKey } from '../../../src/report/html/graph-path.js';
import { describeBehaviour } from '../../../src/report/view/behaviours.js';
import type { BehaviourView } from '../../../src/report/view/model-view.js';

const action: Action = { name: 'Next' };

/** `x` goes 0, 1, 2 and back to 1. */
const graph: StateGraph = {
  states: [0, 1, 2].map((n) => ({ text: `/\\ x = ${n}`, initial: n === 0 })),
  steps: [
    { from: 0, to: 1, action: 'Next' },
    { from: 1, to: 2, action: 'Next' },
    { from: 2, to: 1, action: 'Next' },
  ],
};

function behaviour(ending: Ending, xs = [0, 1, 2]): BehaviourView {
  const states: Behaviour['states'] = xs.map((x, i) => ({
    number: i + 1,
    action,
    variables: { x: { kind: 'int', value: String(x) } },
  }));
  return describeBehaviour({ states, ending }, '', () => undefined);
}

const ahead = [stepKey(0, 1), stepKey(1, 2)];

describe('the counterexample in a state graph', () => {
  it('ends in a state that violates by itself where it just stops', () => {
    const { states, steps, text } = markPath(graph, behaviour({ kind: 'stops' }));
    expect([...states.values()]).to.deep.equal(['taken', 'taken', 'end']);
    expect([...steps]).to.deep.equal(ahead);
    expect(text).to.include('last state is filled');
  });

  it('of a lasso has the step that closes it, and no state that violates by itself', () => {
    const { states, steps, text } = markPath(graph, behaviour({ kind: 'back', to: 2, action }));
    expect([...states.values()]).to.deep.equal(['taken', 'taken', 'taken']);
    expect([...steps]).to.deep.equal([...ahead, stepKey(2, 1)]);
    expect(text).to.include('from 3 back to 2 for ever');
  });

  it('that stutters has a state that it stays in, which is not one that violates by itself', () => {
    const { states, steps, text } = markPath(graph, behaviour({ kind: 'stutters' }));
    expect([...states.values()]).to.deep.equal(['taken', 'taken', 'stays']);
    expect([...steps]).to.deep.equal(ahead);
    expect(text).to.include('nothing happens any more');
  });

  it('has no end where the graph has only its beginning', () => {
    const { states, steps, text } = markPath(graph, behaviour({ kind: 'stops' }, [0, 1, 7]));
    expect([...states]).to.deep.equal([
      [0, 'taken'],
      [1, 'taken'],
    ]);
    expect([...steps]).to.deep.equal([stepKey(0, 1)]);
    expect(text).to.include('as far as the graph has it');
  });

  it('is nowhere without one, and where its first state is not in the graph', () => {
    for (const none of [undefined, behaviour({ kind: 'stops' }, [9])])
      expect(markPath(graph, none)).to.deep.equal({ states: new Map(), steps: new Set(), text: '' });
  });
});
