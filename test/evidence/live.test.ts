import { expect } from 'chai';
import type { Finding } from '../../src/domain/claim.js';
import type { Probe } from '../../src/domain/probe.js';
import { findTypeClaim } from '../../src/evidence/beyond-type.js';
import { rateLive } from '../../src/evidence/live.js';

const place = { path: 'X.tla', line: 1 };
const probe = (kind: Probe['kind'], answer: Probe['answer']): Probe => ({
  ...{ kind, answer, module: 'X', claims: ['Safe'], subject: 'Drop', place, lookedIn: [] },
  because: `${kind} Drop not probed: TLC says: no`,
});
const silent = (accepted?: string): Finding => ({
  ...{
    finding: 'action-never-fires',
    module: 'X',
    name: 'Drop',
    place,
    message: 'action Drop fires in no model of X',
  },
  ...(accepted === undefined ? {} : { accepted }),
});
const rate = (findings: Finding[], probes: Probe[]): { state: string; because: string } =>
  rateLive('Safe', { findings, probes, reads: {} });

describe('rung 2 of a claim', () => {
  it('a finding fails it, and one that is accepted does not count as firing', () => {
    expect(rate([silent()], []).state).to.equal('failed');
    expect(rate([silent('meant so')], [])).to.deep.equal({
      state: 'passed',
      because: 'every other action fires, every variable it reads changes, 1 finding is accepted',
    });
  });

  it('what was not asked of actions or variables is not said to be so', () => {
    expect(rate([], [probe('action', 'not measured')])).to.deep.equal({
      state: 'partly measured',
      because: 'every variable it reads changes; action Drop not probed: TLC says: no',
    });
    const both = [probe('variable', 'not measured'), probe('action', 'not measured')];
    expect(rate([], both).because).to.equal('variable Drop not probed: TLC says: no');
  });
});

describe('the claim that goes as the type invariant', () => {
  it('is found by the names that people give it, the plainest first', () => {
    for (const name of ['TypeOK', 'TypeInvariant', 'TPTypeOK', 'typeOK', 'Typing', 'Inv_Type', 'TypeInv'])
      expect(findTypeClaim(['Safe', name]), name).to.equal(name);
    expect(findTypeClaim(['MsgTypeOK', 'TypeOK'])).to.equal('TypeOK');
  });

  it('is none that only has a word like it in its name', () => {
    expect(findTypeClaim(['TypedLast', 'OneTypeAtATime', 'Prototype', 'RequestType'])).to.equal(undefined);
  });
});
