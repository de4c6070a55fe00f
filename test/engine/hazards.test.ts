/** The things that give wrong verdicts, each on a real output of TLC; their list is in docs of the engine facts. */
import { expect } from 'chai';
import { readCaptured, readFixture } from './captured-runs.js';

describe('hazards of TLC', () => {
  it('1: -continue exits with 0 and prints success after a violation; the first violation decides', () => {
    const reading = readCaptured('continue');
    expect(readFixture('continue.out')).to.include('No error has been found');
    expect(reading.outcome).to.deep.equal({ kind: 'Violated', of: 'invariant', property: 'Even' });
    expect(reading.behaviour?.states).to.have.length(2);
    expect(reading.messages.map((message) => message.text)).to.deep.equal([
      'Invariant Even is violated.',
      'Invariant Small is violated.',
    ]);
  });

  it('2: an unsatisfiable Init is success for TLC and not Holds here', () => {
    expect(readCaptured('no-init').outcome).to.deep.equal({
      kind: 'SpecError',
      message: 'no state satisfies the initial predicate, so nothing was checked (0 distinct states)',
    });
  });

  it('2: only a module without behaviour may have no states', () => {
    expect(readCaptured('assume-only', { assumeOnly: true }).outcome).to.deep.equal({ kind: 'Holds' });
    expect(readCaptured('assume-only', { assumeOnly: false }).outcome.kind).to.equal('SpecError');
  });

  it('3: a temporary folder that others emptied is a crash and not an error of the spec', () => {
    const outcome = readCaptured('tmpdir-clash').outcome;
    expect(outcome.kind).to.equal('Crashed');
    expect(outcome)
      .to.have.property('message')
      .that.matches(/Naturals\.tla/);
  });

  it('4: two runs with the same metadir are a crash', () => {
    const outcome = readCaptured('metadir-clash').outcome;
    expect(outcome.kind).to.equal('Crashed');
    expect(outcome)
      .to.have.property('message')
      .that.matches(/that directory already exists/);
  });

  it('5: out of memory is told with the flag (exit 3), without it, and when it hung until it was killed', () => {
    expect(readCaptured('memory-with-flag').outcome.kind).to.equal('OutOfMemory');
    expect(readCaptured('memory-without-flag').outcome.kind).to.equal('OutOfMemory');
    expect(readFixture('memory-in-worker.out')).to.include('STARTMSG 1001:1');
    expect(readCaptured('memory-in-worker', { timedOut: 30 }).outcome.kind).to.equal('OutOfMemory');
  });

  it('5: exit 3 alone is out of memory; a KILL alone is not', () => {
    expect(readCaptured('explosion-killed', { exit: 3, signal: null }).outcome.kind).to.equal('OutOfMemory');
    expect(readCaptured('explosion-killed').outcome.kind).to.equal('Incomplete');
  });

  it('6: a distributed run that lost its violation is a crash, and its trace is not shown', () => {
    const reading = readCaptured('distributed');
    expect(reading.outcome.kind).to.equal('Crashed');
    expect(reading).to.not.have.property('behaviour');
  });

  it('7: TLC says nothing when CONSTANT swallows a keyword, so the configuration is read before TLC does', () => {
    expect(readCaptured('swallowed-silently').outcome.kind).to.equal('Holds');
    expect(readCaptured('swallowed-silently').printed).to.deep.equal(['INVARIANT']);
  });

  it('7: ALIAS after INVARIANT is an invariant that does not exist, and a swallowed keyword a syntax error', () => {
    expect(readCaptured('alias').outcome).to.deep.include({ kind: 'SpecError' });
    expect(readCaptured('alias').outcome)
      .to.have.property('message')
      .that.matches(/invariant ALIAS/);
    expect(readCaptured('swallowed-keyword').outcome)
      .to.have.property('message')
      .that.matches(/configuration file at line 3: It was expecting = or <-/);
  });

  it('8: a run without properties reads like one with them, so a verdict needs the enabled set', () => {
    const [without, withThem] = [readCaptured('no-properties'), readCaptured('holds')];
    expect(without.outcome).to.deep.equal(withThem.outcome);
    expect(without.counts).to.deep.equal(withThem.counts);
  });

  it('9: a claim substituted by TRUE holds for TLC, so a substitution is refused before the run', () => {
    expect(readCaptured('substitution').outcome.kind).to.equal('Holds');
  });

  it('10: a constant VIEW hides a violation; what is left is one distinct state', () => {
    expect(readCaptured('invariant').outcome.kind).to.equal('Violated');
    expect(readCaptured('view')).to.deep.include({ outcome: { kind: 'Holds' } });
    expect(readCaptured('view').counts.distinct).to.equal(1);
  });

  it('11: only the first of two violated invariants is named', () => {
    expect(readCaptured('two-violated').outcome).to.include({ property: 'Even' });
    expect(readFixture('two-violated.out')).to.not.include('Small');
  });
});
