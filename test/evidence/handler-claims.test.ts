import { expect } from 'chai';
import type { HandlerFault, HandlerReport, ReachabilityResult } from '../../src/domain/reachability.js';
import { exitCodeOf, type Results } from '../../src/evidence/exit-code.js';
import { handlerEvidence, tieClaims } from '../../src/evidence/handler-claims.js';
import { rateClaims } from '../../src/evidence/ladder.js';

const handler = (change: Partial<HandlerReport> = {}): HandlerReport => ({
  path: 'native/a.cpp',
  line: 8,
  name: 'onInterrupt',
  kinds: ['signal handler'],
  registered: [],
  claims: ['X!Safe'],
  functions: 1,
  calls: ['write'],
  excused: [],
  faults: 0,
  ...change,
});
const fault: HandlerFault = {
  path: 'native/a.cpp',
  line: 9,
  kind: 'unsafe call',
  handler: 'onInterrupt',
  message: 'handler onInterrupt calls malloc (async-signal-unsafe)',
  hint: 'set a flag',
  trail: [],
};
const result = (change: Partial<ReachabilityResult> = {}): ReachabilityResult => ({
  state: 'passed',
  reason: '1 handler',
  compiler: 'clang',
  files: [],
  handlers: [handler()],
  without: 0,
  faults: [],
  milliseconds: 1,
  ...change,
});
const broken = result({ state: 'failed', faults: [fault] });

describe('claims of handlers', () => {
  const anchor = (line: number, claims: string[]) => ({ name: 'f', path: 'native/a.cpp', line, claims });
  const claimsOf = (one: HandlerReport, anchors = [anchor(2, ['X!First']), anchor(8, ['X!Second'])]) =>
    tieClaims(result({ handlers: [one] }), anchors).handlers[0]?.claims;

  it('are those of the anchor above the function, and of no other', () => {
    expect(claimsOf(handler({ claims: [] }))).to.deep.equal(['X!Second']);
    expect(claimsOf(handler({ claims: [], line: 9 }))).to.deep.equal([]);
    expect(claimsOf(handler({ claims: [], path: 'native/b.cpp' }))).to.deep.equal([]);
  });

  it('of a lambda are those of the function it stands in', () => {
    expect(claimsOf(handler({ claims: [], line: 5, name: 'lambda in f' }))).to.deep.equal(['X!First']);
  });
});

describe('what handlers show for a claim', () => {
  it('a handler that reaches malloc fails its claims and no other', () => {
    expect(handlerEvidence(broken, 'X!Safe')).to.deep.equal({
      state: 'failed',
      because: 'native/a.cpp:9: handler onInterrupt calls malloc (async-signal-unsafe)',
    });
    expect(handlerEvidence(broken, 'X!Other')).to.deep.equal({ state: 'none' });
  });

  it('a registration that is not resolved leaves the others open', () => {
    const { handler: _, ...loose } = fault;
    expect(handlerEvidence(result({ state: 'failed', faults: [loose] }), 'X!Safe').state).to.equal('not run');
  });

  const rate = (handlers: ReachabilityResult | undefined, smoke: 'passed' | 'none') =>
    rateClaims({
      module: 'X',
      claims: { Safe: { statement: 'safe', kind: 'invariant' } },
      runs: [],
      findings: [],
      reads: {},
      functions: new Map(),
      smoke:
        smoke === 'none'
          ? []
          : [{ name: 't', claims: ['X!Safe'], what: 'w', state: 'passed', reason: '', attempts: [] }],
      handlers,
      engine: { version: '2.18', jar: 'abc' },
    })[0]?.rungs.exercised;

  it('rung 5 fails with a handler that fails, whatever the smoke tests show', () => {
    expect(rate(broken, 'passed')).to.deep.include({ state: 'failed' });
  });

  it('a check that passes is named in rung 5 and stands for no smoke test', () => {
    expect(rate(result(), 'passed')?.because).to.contain('onInterrupt reaches only functions listed');
    expect(rate(result(), 'passed')?.state).to.equal('partly measured');
    expect(rate(result(), 'none')?.state).to.equal('not measured');
  });

  it('a check that was not run leaves rung 5 not measured', () => {
    const open = result({ state: 'not run', reason: 'clang-19 is not installed' });
    expect(rate(open, 'passed')).to.deep.include({ state: 'not measured' });
  });
});

describe('the exit code with handlers', () => {
  const results: Results = {
    state: 'finished',
    models: [],
    builds: [],
    smoke: [],
    anchors: null,
    findings: [],
    claims: [],
    problems: [],
    requiredRung: 0,
  };

  it('is 1 for a handler that fails, 4 for a check that was not run, 0 for one that passes', () => {
    expect(exitCodeOf({ ...results, reachability: broken })).to.equal(1);
    expect(exitCodeOf({ ...results, reachability: result({ state: 'not run' }) })).to.equal(4);
    expect(exitCodeOf({ ...results, reachability: result() })).to.equal(0);
  });
});
