import { expect } from 'chai';
import type { Change } from '../../src/domain/baseline.js';
import {
  applyApprovals,
  approve,
  findNewApprovals,
  findUnusedApprovals,
  isAcceptable,
  isFailure,
} from '../../src/gate/approval.js';
import { changesOf, sample } from './sample-baseline.js';

const fewer = changesOf((f) => (f.modules[0]!.models[0]!.distinct = 50));
const entry = approve(fewer, 'a variable was superfluous')[0]!;
const red: Change = {
  kind: 'verdict-failed',
  severity: 'fails',
  subject: 'specs/Clock/good.cfg',
  place: { path: 'specs/Clock/manifest.json', line: 3 },
  was: 'as declared',
  is: 'violates InRange',
  mend: 'workbench check specs/Clock/good.cfg',
};

describe('approval', () => {
  it('approves the change it names, which then says why and needs no command', () => {
    const [change] = applyApprovals(fewer, [entry]);
    expect(change).to.include({ accepted: 'a variable was superfluous', mend: '' });
    expect(isFailure(change!)).to.equal(false);
  });

  it('approves no other change of the same kind and subject', () => {
    const more = changesOf((f) => (f.modules[0]!.models[0]!.distinct = 40));
    expect(applyApprovals(more, [entry]).filter(isFailure)).to.have.length(1);
  });

  it('never approves what a run showed, whatever the baseline says', () => {
    const forged = { kind: red.kind, subject: red.subject, was: red.was, is: red.is, reason: 'no' };
    expect(isAcceptable(red)).to.equal(false);
    expect(applyApprovals([red], [forged]).filter(isFailure)).to.deep.equal([red]);
    expect(approve([red], 'no')).to.deep.equal([]);
  });

  it('counts only in the change that adds it: what the base has already is history', () => {
    const base = sample((f) => (f.accepted = [entry]));
    expect(
      findNewApprovals(
        base,
        sample((f) => (f.accepted = [entry])),
      ),
    ).to.deep.equal([]);
    expect(findNewApprovals(sample(), base)).to.deep.equal([entry]);
    const anew = { ...entry, reason: 'once more, for another reason' };
    expect(
      findNewApprovals(
        base,
        sample((f) => (f.accepted = [entry, anew])),
      ),
    ).to.deep.equal([anew]);
  });

  it('the same loss for the same reason once more is a new entry, once', () => {
    const base = sample((f) => (f.accepted = [entry]));
    const again = sample((f) => (f.accepted = [entry, entry]));
    expect(findNewApprovals(base, again)).to.deep.equal([entry]);
    expect(findNewApprovals(again, base)).to.deep.equal([]);
  });

  it('an entry that approves nothing any more is found', () => {
    expect(findUnusedApprovals(fewer, [entry])).to.deep.equal([]);
    expect(findUnusedApprovals([], [entry])).to.deep.equal([entry]);
  });
});
