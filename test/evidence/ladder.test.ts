import { expect } from 'chai';
import type { Outcome } from '../../src/domain/outcome.js';
import type { ModelRun } from '../../src/domain/run-record.js';
import { rateClaims, type LadderInput } from '../../src/evidence/ladder.js';

const run = (change: Partial<ModelRun> = {}, distinct = 94): ModelRun => ({
  model: 'specs/X/small.cfg',
  module: 'X',
  purpose: { kind: 'declared' },
  role: 'positive',
  constants: { N: '3' },
  enabled: { invariants: ['Safe'], properties: [], deadlock: true },
  assumptions: ['A-LIVE'],
  closure: [],
  config: { path: 'specs/X/small.cfg', sha256: '' },
  inputs: '',
  profile: 'tiny',
  seed: 0,
  fingerprint: 0,
  attempts: [
    {
      startedAt: '',
      milliseconds: 1,
      command: [],
      exit: 0,
      signal: null,
      reading: { outcome: { kind: 'Holds' }, counts: { distinct }, coverage: [], messages: [], printed: [] },
      log: '',
    },
  ],
  outcome: { kind: 'Holds' },
  verdict: { asDeclared: true, reason: 'holds', incomplete: false },
  ...change,
});
const violated: Outcome = { kind: 'Violated', property: 'Safe', of: 'invariant' };
const control = run({ model: 'specs/X/broken.cfg', role: 'control', outcome: violated });
const input = (change: Partial<LadderInput> = {}): LadderInput => ({
  module: 'X',
  claims: { Safe: { statement: 'safe', kind: 'invariant' } },
  runs: [run(), control],
  findings: [],
  reads: { Safe: ['x'] },
  functions: new Map([['X!Safe', [{ name: 'lock', path: 'native/fix/lock.cpp', line: 3 }]]]),
  smoke: [{ name: 's', claims: ['X!Safe'], what: '', state: 'passed', reason: '', attempts: [] }],
  engine: { version: '2.18', jar: 'fc0a7b69b350' },
  ...change,
});
const rate = (change: Partial<LadderInput> = {}): ReturnType<typeof rateClaims>[number] =>
  rateClaims(input(change))[0]!;

describe('the ladder', () => {
  it('states a bounded fact with states, constants, engine and assumptions', () => {
    expect(rate().sentence).to.equal(
      'holds in all 94 reachable states of X with N=3; TLC 2.18, jar fc0a7b69; assumes A-LIVE',
    );
  });

  it('names what hid states: under a reduction not all that is reachable was explored', () => {
    const reductions = [
      { kind: 'CONSTRAINT' as const, name: 'Small' },
      { kind: 'SUBSTITUTION' as const, name: 'Nat' },
    ];
    expect(rate({ runs: [run({ reductions }), control] }).sentence).to.match(
      /^holds in all 94 explored states of X with N=3 under CONSTRAINT Small; TLC/,
    );
  });

  it('a rung whose check is not complete stops the climb, whatever stands above it', () => {
    const claim = rate();
    expect(claim.rungs.checked.state).to.equal('passed');
    expect(claim.rungs.live.state).to.equal('partly measured');
    expect(claim.rungs.anchored.state).to.equal('passed');
    expect(claim.rung).to.equal(1);
  });

  it('a claim that no positive model lists stands on no rung', () => {
    expect(rate({ runs: [control] }).rung).to.equal(0);
    expect(rate({ runs: [control] }).sentence).to.contain('not shown');
  });

  it('one positive model that timed out makes the claim not shown', () => {
    const open = run({
      outcome: { kind: 'Timeout', seconds: 9 },
      verdict: { asDeclared: false, reason: 'deadline', incomplete: true },
    });
    expect(rate({ runs: [run(), open] }).rungs.checked.state).to.equal('not measured');
    expect(rate({ runs: [run(), open] }).sentence).to.contain('not shown: 1 of 2 models');
  });

  it('one positive model that is not as declared makes the claim not supported', () => {
    const red = run({
      outcome: violated,
      verdict: { asDeclared: false, reason: 'violates Safe', incomplete: false },
    });
    expect(rate({ runs: [run(), red] }).rungs.checked.state).to.equal('failed');
    expect(rate({ runs: [run(), red] }).sentence).to.contain('not supported');
  });

  it('a variable that never changes fails only the claims that read it', () => {
    const finding = {
      finding: 'variable-never-changes',
      module: 'X',
      name: 'x',
      place: { path: 'X.tla', line: 3 },
      message: 'x never changes',
    };
    expect(rate({ findings: [finding] }).rungs.live.state).to.equal('failed');
    expect(rate({ findings: [{ ...finding, name: 'y' }] }).rungs.live.state).to.equal('partly measured');
    expect(rate({ findings: [{ ...finding, accepted: 'ghost' }] }).rungs.live.state).to.equal(
      'partly measured',
    );
  });

  it('rung 2 is passed when every question about the claim has the answer live', () => {
    const probe = {
      kind: 'antecedent' as const,
      module: 'X',
      claims: ['Safe'],
      subject: 'x > 1',
      place: { path: 'X.tla', line: 4 },
      because: 'antecedent reached in small.cfg after 3 states',
      lookedIn: ['specs/X/small.cfg'],
    };
    const live = rate({ probes: [{ ...probe, answer: 'live' }] });
    expect(live.rungs.live).to.deep.equal({
      state: 'passed',
      because: 'every action fires, every variable it reads changes, 1 antecedent is reached',
    });
    expect(live.rung).to.equal(2);
    const open = rate({ probes: [{ ...probe, answer: 'not measured', because: 'it did not end' }] });
    expect(open.rungs.live.state).to.equal('partly measured');
    expect(open.rungs.live.because).to.contain('it did not end');
    expect(rate({ probes: [{ ...probe, claims: ['Other'], answer: 'not measured' }] }).rung).to.equal(2);
    expect(rate({ probes: undefined }).rungs.live.because).to.contain('were not probed');
  });

  it('a finding that names claims fails rung 2 of those alone', () => {
    const finding = {
      finding: 'antecedent-never-true',
      module: 'X',
      name: 'Safe',
      text: 'x > 1',
      claims: ['Safe'],
      place: { path: 'X.tla', line: 3 },
      message: 'Safe: x > 1 is never true',
    };
    expect(rate({ findings: [finding], probes: [] }).rungs.live.state).to.equal('failed');
    expect(rate({ findings: [{ ...finding, claims: ['Other'] }], probes: [] }).rungs.live.state).to.equal(
      'passed',
    );
    const accepted = rate({ findings: [{ ...finding, accepted: 'by design' }], probes: [] });
    expect(accepted.rungs.live.because).to.contain('1 finding is accepted');
  });

  it('a claim that no control violates is not measured as falsifiable', () => {
    // A control that these records did not run may well violate it.
    expect(rate({ runs: [run()] }).rungs.falsifiable).to.deep.equal({
      state: 'not measured',
      because: 'no negative control that was run violates it',
    });
  });

  it('a claim that is merely enabled in a control that violates another one is not measured', () => {
    const enabled = { invariants: ['Safe', 'Other'], properties: [], deadlock: true };
    const other = { ...control, enabled, outcome: { ...violated, property: 'Other' } };
    expect(rate({ runs: [run(), other] }).rungs.falsifiable.state).to.equal('not measured');
    expect(rate({ runs: [run(), { ...control, enabled }] }).rungs.falsifiable.state).to.equal(
      'partly measured',
    );
  });

  it('an unnamed temporal property is the one that was enabled', () => {
    const outcome: Outcome = { kind: 'Violated', of: 'temporal property' };
    const only = { ...control, outcome, enabled: { invariants: [], properties: ['Safe'], deadlock: true } };
    const two = { ...only, enabled: { ...only.enabled, properties: ['Safe', 'Other'] } };
    expect(rate({ runs: [run(), only] }).rungs.falsifiable.state).to.equal('partly measured');
    expect(rate({ runs: [run(), two] }).rungs.falsifiable.state).to.equal('not measured');
  });

  it('a control that is not as declared shows nothing', () => {
    const wrong = { ...control, verdict: { asDeclared: false, reason: 'deadlock', incomplete: false } };
    expect(rate({ runs: [run(), wrong] }).rungs.falsifiable.state).to.equal('not measured');
  });

  it('a claim without native function fails its rung, an auxiliary one needs none', () => {
    expect(rate({ functions: new Map() }).rungs.anchored.state).to.equal('failed');
    const claims = { Safe: { statement: 's', kind: 'invariant' as const, auxiliary: true } };
    expect(rate({ functions: new Map(), claims }).rungs.anchored.state).to.equal('not measured');
  });

  it('a failed smoke test fails the rung; one that was not run is no pass', () => {
    const smoke = (state: 'failed' | 'not run'): LadderInput['smoke'] => [
      { name: 's', claims: ['X!Safe'], what: '', state, reason: 'r', attempts: [] },
    ];
    expect(rate({ smoke: smoke('failed') }).rungs.exercised.state).to.equal('failed');
    expect(rate({ smoke: smoke('not run') }).rungs.exercised.state).to.equal('not measured');
    expect(rate({ smoke: [] }).rungs.exercised.state).to.equal('not measured');
  });
});
