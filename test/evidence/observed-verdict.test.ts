import { expect } from 'chai';
import type { ManifestModel, ResultKind } from '../../src/domain/manifest.js';
import type { Outcome } from '../../src/domain/outcome.js';
import type { Verdict } from '../../src/domain/run-record.js';
import { judge } from '../../src/evidence/verdict.js';
import type { ModelInspection } from '../../src/project/model-inspection.js';

const HOLDS: Outcome = { kind: 'Holds' };
const VIOLATED: Outcome = { kind: 'Violated', property: 'Inv', of: 'invariant' };
const TIMEOUT: Outcome = { kind: 'Timeout', seconds: 60 };

function verdictOf(
  result: ResultKind,
  outcome: Outcome,
  more: { violates?: string; differences?: string[]; warning?: string; confirmed?: boolean } = {},
): Verdict {
  const { violates, differences = [], warning, confirmed = false } = more;
  const declared: ManifestModel = {
    path: 'M.cfg',
    result,
    workbench: {
      checks: ['Inv'],
      ...(violates === undefined ? {} : { violates }),
      ...(confirmed ? {} : { observed: '2026-11-23, to be confirmed' }),
    },
  };
  const inspection: ModelInspection = {
    model: 'M.cfg',
    assumeOnly: false,
    reductions: [],
    enabled: { invariants: ['Inv'], properties: [], deadlock: true },
    checksNothing: false,
    differences: differences.map((message) => ({ model: 'M.cfg', message })),
    problems: [],
    notes: [],
  };
  const messages = warning === undefined ? [] : [warning];
  return judge(
    declared,
    inspection,
    {
      outcome,
      counts: { distinct: 3, generated: 4, queue: 0 },
      coverage: [],
      messages: messages.map((text) => ({ code: 0, severity: 'unframed', known: true, text })),
      printed: [],
    },
    { kind: 'declared' },
  );
}

describe('a model that init observed and nobody has confirmed', () => {
  it('a success that is seen again is as declared, and says that it is not confirmed', () => {
    const verdict = verdictOf('success', HOLDS);
    expect([verdict.asDeclared, verdict.incomplete]).to.deep.equal([true, false]);
    expect(verdict.reason).to.match(/^holds in all 3 reachable states.*; observed, not confirmed$/);
  });

  it('a failure that is seen again is open: neither red nor as declared', () => {
    const verdict = verdictOf('safety failure', VIOLATED, { violates: 'Inv' });
    expect([verdict.asDeclared, verdict.incomplete]).to.deep.equal([false, true]);
    expect(verdict.reason).to.match(/^observed, not confirmed: violates Inv; say what it must show/);
    expect(verdictOf('safety failure', VIOLATED, { violates: 'Inv', confirmed: true }).asDeclared).to.equal(
      true,
    );
  });

  it('a failure that was not observed is red, whatever was: a success, nothing, another failure', () => {
    for (const [result, outcome] of [
      ['success', VIOLATED],
      ['unknown', VIOLATED],
      ['unknown', { kind: 'Deadlock' }],
      ['deadlock failure', VIOLATED],
      ['safety failure', HOLDS],
    ] as const) {
      const verdict = verdictOf(result, outcome);
      expect([verdict.asDeclared, verdict.incomplete], verdict.reason).to.deep.equal([false, false]);
      expect(verdict.reason).to.match(/^observed before: /);
    }
  });

  it('one that did not end stays open while it does not end', () => {
    const verdict = verdictOf('unknown', TIMEOUT);
    expect([verdict.asDeclared, verdict.incomplete]).to.deep.equal([false, true]);
    const evaluation = verdictOf('unknown', { kind: 'EvaluationError', message: 'Nat is not enumerable' });
    expect([evaluation.asDeclared, evaluation.incomplete]).to.deep.equal([false, true]);
    for (const { reason } of [verdict, evaluation])
      expect(reason).to.match(/^observed, not confirmed: (?!.*unknown).*; say what it must show/);
  });

  it('a difference between manifest and configuration stays red', () => {
    for (const result of ['success', 'unknown'] as const) {
      const verdict = verdictOf(result, HOLDS, { differences: ['declared checks: Inv; enabled: nothing'] });
      expect([verdict.asDeclared, verdict.incomplete]).to.deep.equal([false, false]);
    }
  });
});

describe('a stale PlusCal translation', () => {
  it('is said with the verdict', () => {
    const warning = 'The PlusCal algorithm in module P has changed since its last translation.';
    expect(verdictOf('success', HOLDS, { warning }).reason).to.contain(
      'TLC warns: The PlusCal algorithm in module P has changed since its last translation',
    );
    expect(verdictOf('success', HOLDS, { warning: 'Something else.' }).reason).to.not.contain('warns');
  });
});
