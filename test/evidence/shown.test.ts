import { expect } from 'chai';
import type { Counts } from '../../src/domain/outcome.js';
import { describeOutcome, whichStates } from '../../src/evidence/shown.js';

const ended = { coverage: [], messages: [], printed: [] };

describe('what a run showed, in words', () => {
  const atDeadline = (counts: Counts): string =>
    describeOutcome({ ...ended, outcome: { kind: 'Timeout', seconds: 9 }, counts }, 'reachable');

  it('states are reachable where all were looked at, and explored under whatever may hide some', () => {
    const holds = { ...ended, outcome: { kind: 'Holds' as const }, counts: { distinct: 4 } };
    expect(describeOutcome(holds, whichStates([]))).to.equal('holds in all 4 reachable states');
    expect(describeOutcome(holds, whichStates([{ kind: 'SUBSTITUTION' }]))).to.match(/reachable/);
    for (const kind of ['VIEW', 'SYMMETRY', 'CONSTRAINT', 'ACTION_CONSTRAINT'] as const)
      expect(describeOutcome(holds, whichStates([{ kind }])), kind).to.equal(
        'holds in all 4 explored states',
      );
  });

  it('a run stopped at its deadline never reads as if its queue had been emptied', () => {
    expect(atDeadline({ distinct: 5000, queue: 1200 })).to.equal(
      'stopped at the deadline of 9 s with 1,200 states left on the queue',
    );
    expect(atDeadline({ distinct: 5000, queue: 0 })).to.equal(
      'stopped at the deadline of 9 s after 5,000 distinct states',
    );
    expect(atDeadline({})).to.equal('stopped at the deadline of 9 s before it had reported a state');
  });
});
