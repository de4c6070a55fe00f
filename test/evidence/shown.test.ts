import { expect } from 'chai';
import type { Counts } from '../../src/domain/outcome.js';
import { describeOutcome } from '../../src/evidence/shown.js';

describe('what a run showed, in words', () => {
  const atDeadline = (counts: Counts): string =>
    describeOutcome({
      outcome: { kind: 'Timeout', seconds: 9 },
      counts,
      coverage: [],
      messages: [],
      printed: [],
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
