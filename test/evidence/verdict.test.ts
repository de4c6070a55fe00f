import { expect } from 'chai';
import fc from 'fast-check';
import type { ManifestModel, ModelExpectation, ResultKind } from '../../src/domain/manifest.js';
import type { Counts, Outcome, Reading } from '../../src/domain/outcome.js';
import { Problem } from '../../src/domain/problem.js';
import type { Purpose } from '../../src/domain/run-record.js';
import { endsEarly, judge } from '../../src/evidence/verdict.js';
import type { ModelInspection } from '../../src/project/model-inspection.js';

const inspection = (over: Partial<ModelInspection> = {}): ModelInspection => ({
  model: 'x.cfg',
  assumeOnly: false,
  reductions: [],
  enabled: { invariants: ['Inv'], properties: [], deadlock: true },
  checksNothing: false,
  differences: [],
  problems: [],
  notes: [],
  ...over,
});
const reading = (
  outcome: Outcome,
  counts: Counts = { distinct: 94, generated: 300, depth: 12, queue: 0 },
): Reading => ({
  outcome,
  counts,
  coverage: [],
  messages: [],
  printed: [],
});
const declare = (
  result: ResultKind,
  workbench?: ModelExpectation,
  over: Partial<ManifestModel> = {},
): ManifestModel => ({
  path: 'x.cfg',
  result,
  ...(workbench === undefined ? {} : { workbench }),
  ...over,
});
const DECLARED: Purpose = { kind: 'declared' };

const OUTCOMES = {
  holds: { kind: 'Holds' },
  inv: { kind: 'Violated', property: 'Inv', of: 'invariant' },
  other: { kind: 'Violated', property: 'Other', of: 'invariant' },
  action: { kind: 'Violated', property: 'Act', of: 'action property' },
  live: { kind: 'Violated', property: 'Live', of: 'temporal property' },
  unnamed: { kind: 'Violated', of: 'temporal property' },
  deadlock: { kind: 'Deadlock' },
  assumption: { kind: 'AssumptionFalse', message: 'N > 0' },
  parse: { kind: 'SpecError', message: 'Unknown operator\nat line 3' },
  evaluation: { kind: 'EvaluationError', message: 'Attempted to apply' },
  sampled: { kind: 'Sampled' },
  timeout: { kind: 'Timeout', seconds: 60 },
  memory: { kind: 'OutOfMemory', message: 'heap' },
  crashed: { kind: 'Crashed', message: 'exit 1 after success' },
  incomplete: { kind: 'Incomplete', message: '12 states left on queue' },
  interrupted: { kind: 'Interrupted' },
  notRun: { kind: 'NotRun', reason: 'no Java' },
  noResult: { kind: 'NoResult', message: 'printed nothing' },
} satisfies Record<string, Outcome>;
type OutcomeName = keyof typeof OUTCOMES;
const NAMES = Object.keys(OUTCOMES) as OutcomeName[];
const EARLY: OutcomeName[] = ['sampled', 'timeout', 'memory', 'incomplete', 'interrupted', 'notRun'];

describe('a verdict', () => {
  const table: [string, ManifestModel, Purpose, OutcomeName[]][] = [
    ['success', declare('success'), DECLARED, ['holds']],
    ['any safety failure', declare('safety failure'), DECLARED, ['inv', 'other', 'action']],
    ['any liveness failure', declare('liveness failure'), DECLARED, ['action', 'live', 'unnamed']],
    ['a violated invariant', declare('safety failure', { violates: 'Inv' }), DECLARED, ['inv']],
    ['a violated action property', declare('safety failure', { violates: 'Act' }), DECLARED, ['action']],
    ['a violated temporal property', declare('liveness failure', { violates: 'Live' }), DECLARED, ['live']],
    ['a deadlock', declare('deadlock failure', { violates: 'Deadlock' }), DECLARED, ['deadlock']],
    ['a false assumption', declare('assumption failure'), DECLARED, ['assumption']],
    ['nothing known', declare('unknown'), DECLARED, ['holds']],
    ['a full set with Inv', declare('safety failure'), { kind: 'full set', property: 'Inv' }, ['inv']],
    [
      'a full set with Live',
      declare('safety failure'),
      { kind: 'full set', property: 'Live' },
      ['live', 'unnamed'],
    ],
    [
      'a full set with Deadlock',
      declare('safety failure'),
      { kind: 'full set', property: 'Deadlock' },
      ['deadlock'],
    ],
    ['the rest that holds', declare('safety failure'), { kind: 'the rest' }, ['holds']],
    ['a reachable probe', declare('success'), { kind: 'probe', of: 'A fires' }, ['inv', 'other']],
  ];
  for (const [what, declared, purpose, agreeing] of table) {
    it(`of a run declared to show ${what} is as declared for ${agreeing.join(', ')} and nothing else`, () => {
      for (const name of NAMES) {
        const verdict = judge(declared, inspection(), reading(OUTCOMES[name]), purpose);
        expect(verdict.asDeclared, `${name}: ${verdict.reason}`).to.equal(agreeing.includes(name));
        expect(verdict.incomplete, name).to.equal(EARLY.includes(name));
        expect(verdict.reason, name).to.match(/\S/).and.not.to.contain('\n');
        expect(verdict.incomplete && verdict.asDeclared).to.equal(false);
      }
    });
  }

  it('says in one line what was declared and what was shown', () => {
    const behaviour = {
      states: Array.from({ length: 12 }, (_, i) => ({ number: i + 1, action: { name: 'A' }, variables: {} })),
      ending: { kind: 'stops' as const },
    };
    const deadlock = { ...reading(OUTCOMES.deadlock), behaviour };
    const say = (declared: ManifestModel, shown: Reading): string =>
      judge(declared, inspection(), shown, DECLARED).reason;
    expect(say(declare('safety failure', { violates: 'NoLeak' }), deadlock)).to.equal(
      'declared: violates NoLeak; shown: deadlock in a behaviour of 12 states',
    );
    expect(say(declare('success'), reading(OUTCOMES.parse))).to.equal(
      'declared: success; shown: the spec or configuration cannot be used: Unknown operator at line 3',
    );
    expect(say(declare('liveness failure'), reading(OUTCOMES.inv))).to.equal(
      'declared: liveness failure; shown: violates Inv',
    );
    expect(say(declare('success'), reading(OUTCOMES.holds))).to.equal('holds in all 94 reachable states');
  });

  it('takes an unnamed temporal violation for the one property that was enabled, and for none of several', () => {
    const declared = declare('liveness failure', { violates: 'Live' });
    const verdict = (properties: string[]): boolean =>
      judge(
        declared,
        inspection({ enabled: { invariants: [], properties, deadlock: true } }),
        reading(OUTCOMES.unnamed),
        DECLARED,
      ).asDeclared;
    expect([verdict(['Live']), verdict(['Fair']), verdict(['Live', 'Fair'])]).to.deep.equal([
      true,
      false,
      false,
    ]);
  });

  const pinned = { distinctStates: 94, totalStates: 300, stateDepth: 12 };
  it('does not compare them where a temporal property is violated, and says so: TLC stops by its own clock', () => {
    const shown = { distinct: 41, generated: 90, depth: 7 };
    const live = inspection({ enabled: { invariants: [], properties: ['Live'], deadlock: true } });
    const declared = declare('liveness failure', { violates: 'Live' }, pinned);
    const verdict = judge(declared, live, reading(OUTCOMES.unnamed, shown), DECLARED);
    expect(verdict.asDeclared).to.equal(true);
    expect(verdict.reason).to.contain('its pinned counts are not compared');
    const action = inspection({ enabled: { invariants: [], properties: ['Act'], deadlock: true } });
    const other = declare('liveness failure', { violates: 'Act' }, pinned);
    expect(judge(other, action, reading(OUTCOMES.action, shown), DECLARED).asDeclared).to.equal(false);
  });

  it('compares every pinned count', () => {
    const judged = (counts: Counts): string => {
      const verdict = judge(
        declare('success', undefined, pinned),
        inspection(),
        reading(OUTCOMES.holds, counts),
        DECLARED,
      );
      return `${String(verdict.asDeclared)} ${verdict.reason}`;
    };
    const counts = { distinct: 94, generated: 300, depth: 12 };
    expect(judged(counts)).to.match(/^true/);
    expect(judged({ ...counts, distinct: 95 })).to.equal(
      'false declared: distinctStates 94; shown: distinctStates 95',
    );
    expect(judged({ ...counts, generated: 1 })).to.match(/^false .*totalStates 1$/);
    expect(judged({ ...counts, depth: 13 })).to.match(/^false .*stateDepth 13$/);
    expect(judged({ distinct: 94, generated: 300 })).to.match(/^false .*stateDepth not reported$/);
  });

  it('does not miss a count that TLC leaves out when it stops at a violation, but compares the one it gives', () => {
    const declared = declare('safety failure', { violates: 'Inv' }, pinned);
    const judged = (counts: Counts): boolean =>
      judge(declared, inspection(), reading(OUTCOMES.inv, counts), DECLARED).asDeclared;
    expect([judged({ distinct: 94 }), judged({ distinct: 3 })]).to.deep.equal([true, false]);
  });

  it('of a run without any state is not as declared, unless the module has only ASSUMEs (hazard 2)', () => {
    const empty = reading(OUTCOMES.holds, { distinct: 0, generated: 0 });
    expect(judge(declare('success'), inspection(), empty, DECLARED).reason).to.contain(
      'Init is unsatisfiable',
    );
    expect(judge(declare('success'), inspection({ assumeOnly: true }), empty, DECLARED).asDeclared).to.equal(
      true,
    );
    expect(judge(declare('unknown'), inspection(), empty, DECLARED).asDeclared).to.equal(false);
    expect(judge(declare('success'), inspection(), empty, { kind: 'the rest' }).asDeclared).to.equal(false);
  });

  it('of a run with states left on the queue is incomplete, whatever the outcome says', () => {
    const verdict = judge(
      declare('success'),
      inspection(),
      reading(OUTCOMES.holds, { distinct: 5, queue: 2 }),
      DECLARED,
    );
    expect([verdict.asDeclared, verdict.incomplete]).to.deep.equal([false, true]);
  });

  it('is red where the declaration and the configuration differ, though TLC found nothing', () => {
    const differing = inspection({ differences: [{ model: 'x.cfg', message: 'VIEW v is in force' }] });
    const verdict = judge(declare('success'), differing, reading(OUTCOMES.holds), DECLARED);
    expect(verdict).to.deep.equal({ asDeclared: false, incomplete: false, reason: 'VIEW v is in force' });
    const both = judge(declare('success'), differing, reading(OUTCOMES.inv), DECLARED).reason;
    expect(both).to.equal('VIEW v is in force; declared: success; shown: violates Inv');
    const wrong = inspection({ problems: [new Problem('CFG-UNDEFINED', 'x.cfg:1: no Inv', 'h')] });
    expect(judge(declare('success'), wrong, reading(OUTCOMES.holds), DECLARED).reason).to.equal(
      'x.cfg:1: no Inv',
    );
  });

  it('carries the notes where something differs, too, and names the temporal properties one of which is violated', () => {
    const enabled = { invariants: [], properties: ['Live', 'Fair'], deadlock: true };
    const { asDeclared, reason } = judge(
      declare('success'),
      inspection({ enabled, notes: ['SYMMETRY with PROPERTY'] }),
      reading(OUTCOMES.unnamed),
      DECLARED,
    );
    expect(asDeclared).to.equal(false);
    expect(reason).to.contain('it is one of Live, Fair; enable one at a time to learn which');
    expect(reason).to.contain('SYMMETRY with PROPERTY');
  });

  it('carries the notes of the inspection, such as that nothing was checked', () => {
    const verdict = judge(
      declare('success'),
      inspection({ notes: ['checks nothing'] }),
      reading(OUTCOMES.holds),
      DECLARED,
    );
    expect(verdict.reason).to.equal('holds in all 94 reachable states; checks nothing');
  });

  it('of a declared success is as declared for no outcome but Holds', () => {
    const text = fc.string();
    const of = fc.constantFrom(
      'invariant' as const,
      'action property' as const,
      'temporal property' as const,
    );
    const outcome: fc.Arbitrary<Outcome> = fc.oneof(
      fc.constantFrom(...Object.values(OUTCOMES)),
      fc.record({ kind: fc.constant('Violated' as const), property: text, of }),
      fc.record({
        kind: fc.constantFrom('SpecError' as const, 'Crashed' as const, 'NoResult' as const),
        message: text,
      }),
    );
    const count = fc.option(fc.nat({ max: 3 }), { nil: undefined });
    const purpose = fc.constantFrom<Purpose>(DECLARED, { kind: 'the rest' });
    fc.assert(
      fc.property(outcome, count, count, purpose, fc.boolean(), (shown, distinct, queue, why, assumeOnly) => {
        const counts = {
          ...(distinct === undefined ? {} : { distinct }),
          ...(queue === undefined ? {} : { queue }),
        };
        const verdict = judge(declare('success'), inspection({ assumeOnly }), reading(shown, counts), why);
        if (verdict.asDeclared) expect(shown.kind).to.equal('Holds');
        if (endsEarly(shown)) expect([verdict.asDeclared, verdict.incomplete]).to.deep.equal([false, true]);
      }),
    );
  });
});
