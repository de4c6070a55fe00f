import { expect } from 'chai';
import { CHANGE_KINDS, type ChangeKind } from '../../src/domain/baseline.js';
import { changesOf, sample, type Facts } from './sample-baseline.js';

type Edit = (facts: Facts) => void;
const clock = (facts: Facts): Facts['modules'][number] => facts.modules[0]!;
const good = (facts: Facts): Facts['modules'][number]['models'][number] => clock(facts).models[0]!;
const bad = (facts: Facts): Facts['modules'][number]['models'][number] => clock(facts).models[1]!;
const inRange = (facts: Facts): Facts['modules'][number]['claims'][number] => clock(facts).claims[0]!;
const native = (facts: Facts): NonNullable<Facts['native']> => facts.native!;
const define =
  (name: string, tree: Facts['modules'][number]['definitions'][string]): Edit =>
  (facts) => {
    clock(facts).definitions[name] = tree;
  };

/** Kind, an edit that fires it, and one close by that does not. */
const cases: [ChangeKind, string, Edit, string, Edit][] = [
  [
    'claim-lost',
    'a claim is removed',
    (f) => clock(f).claims.shift(),
    'claims stand in another order',
    (f) => clock(f).claims.reverse(),
  ],
  [
    'claim-weaker',
    'a conjunct is removed',
    define('InRange', 'hour < Limit'),
    'the conjuncts stand in another order',
    define('InRange', ['and', ['or', 'hour > 0', 'Busy'], 'hour < Limit']),
  ],
  [
    'claim-weaker',
    'a disjunct is added',
    define('InRange', ['and', 'hour < Limit', ['or', 'hour > 0', 'Busy', 'late']]),
    'a disjunct is removed',
    define('InRange', ['and', 'hour < Limit', 'hour > 0']),
  ],
  [
    'claim-weaker',
    'an antecedent is put in front',
    define('TypeOK', ['implies', 'started', 'hour \\in Nat']),
    'a conjunct is added',
    define('TypeOK', ['and', 'started', 'hour \\in Nat']),
  ],
  [
    'claim-changed',
    'a claim is replaced by what cannot be compared',
    define('TypeOK', 'hour < 99'),
    'it is the same',
    () => undefined,
  ],
  [
    'claim-kind',
    'an invariant becomes a property',
    (f) => (inRange(f).kind = 'property'),
    'its sentence changes',
    (f) => (inRange(f).statement = 'Never past the limit.'),
  ],
  [
    'claim-auxiliary',
    'a claim becomes auxiliary',
    (f) => (inRange(f).auxiliary = true),
    'an auxiliary claim speaks of the code now',
    (f) => (clock(f).claims[1]!.auxiliary = false),
  ],
  [
    'operator-changed',
    'an operator that a claim refers to changes',
    define('Busy', 'a'),
    'an operator that nobody refers to appears',
    define('Other', 'a'),
  ],
  [
    'operator-changed',
    'an operator behind a reduction changes',
    define('Alike', 'Permutations(Hands) \\cup Permutations(Faces)'),
    'its disjuncts are swapped',
    define('Busy', ['or', 'b', 'a']),
  ],
  [
    'model-lost',
    'a positive model is removed',
    (f) => clock(f).models.shift(),
    'models stand in another order',
    (f) => clock(f).models.reverse(),
  ],
  [
    'model-lost',
    'a whole module is removed',
    (f) => f.modules.pop(),
    'a module is added',
    (f) => f.modules.push({ ...clock(f), name: 'Other', path: 'specs/Other/Other.tla' }),
  ],
  [
    'control-lost',
    'a control is removed',
    (f) => clock(f).models.pop(),
    'a control has other constants',
    (f) => (bad(f).constants.Limit = '2'),
  ],
  [
    'property-lost',
    'a model checks one claim less',
    (f) => (good(f).checks = ['TypeOK']),
    'a model checks one claim more',
    (f) => (bad(f).checks = ['InRange', 'TypeOK']),
  ],
  [
    'constants-smaller',
    'a set has one element less',
    (f) => (good(f).constants.Hands = '{h1}'),
    'its elements have other names',
    (f) => (good(f).constants.Hands = '{left, right}'),
  ],
  [
    'constants-smaller',
    'a number is smaller',
    (f) => (good(f).constants.Limit = '3'),
    'a number is larger',
    (f) => (good(f).constants.Limit = '5'),
  ],
  [
    'constants-changed',
    'a flag is another',
    (f) => (good(f).constants.Guarded = 'FALSE'),
    "a control's flag is another",
    (f) => (bad(f).constants.Guarded = 'TRUE'),
  ],
  [
    'constants-changed',
    'a constant gets no value of its own any more',
    (f) => delete good(f).constants.Guarded,
    'nothing',
    () => undefined,
  ],
  [
    'reduction-added',
    'a view is added',
    (f) => good(f).reductions.push('VIEW view'),
    'the symmetry is removed',
    (f) => (good(f).reductions = []),
  ],
  [
    'fairness-added',
    'weak fairness becomes strong',
    (f) => (good(f).fairness = ['SF_vars(Next)']),
    'fairness is removed',
    (f) => (good(f).fairness = []),
  ],
  [
    'states-fewer',
    'a model has one state less',
    (f) => (good(f).distinct = 99),
    'a model has more states',
    (f) => (good(f).distinct = 101),
  ],
  [
    'pin-lost',
    'a count is not pinned any more',
    (f) => (good(f).pinned = {}),
    'another count is pinned',
    (f) => (good(f).pinned.stateDepth = 7),
  ],
  [
    'assumption-taken',
    'a model rests on one assumption more',
    (f) => good(f).assumptions.push('A-MOON'),
    'a model rests on one less',
    (f) => (good(f).assumptions = []),
  ],
  [
    'deadlock-off',
    'deadlocks are not looked for',
    (f) => (good(f).deadlock = false),
    'nothing',
    () => undefined,
  ],
  [
    'result-weaker',
    'nothing is declared any more',
    (f) => ((good(f).role = 'unknown'), (good(f).result = 'unknown')),
    'nothing',
    () => undefined,
  ],
  [
    'mode-weaker',
    'an exploration becomes a simulation',
    (f) => (good(f).mode = { simulate: { traceCount: 10 } }),
    'nothing',
    () => undefined,
  ],
  [
    'control-weaker',
    'a control violates one claim less',
    (f) => (bad(f).violates = ['InRange']),
    'a control violates one claim more',
    (f) => bad(f).violates.push('Deadlock'),
  ],
  [
    'step-lost',
    'a protective step is removed',
    (f) => (clock(f).steps = []),
    'one is added',
    (f) => clock(f).steps.push({ step: 'the lock', model: 'specs/Clock/good.cfg', noticedBy: ['InRange'] }),
  ],
  [
    'step-weaker',
    'one claim less notices a step',
    (f) => (clock(f).steps[0]!.noticedBy = ['TypeOK']),
    'one claim more notices it',
    (f) => clock(f).steps[0]!.noticedBy.push('Deadlock'),
  ],
  [
    'anchor-lost',
    'a function loses its claim',
    (f) => ((native(f).functions[0]!.claims = []), (native(f).functions[0]!.unmodelled = 'no more')),
    'a function has another name',
    (f) => (native(f).functions[0]!.name = 'tock'),
  ],
  [
    'anchor-lost',
    'a function is removed',
    (f) => native(f).functions.shift(),
    'a function moves to another file',
    (f) => (native(f).functions[0]!.path = 'native/other.cpp'),
  ],
  [
    'function-unmodelled',
    'a new function is unmodelled',
    (f) =>
      native(f).functions.push({ name: 'x', path: 'native/x.cpp', claims: [], unmodelled: 'r', code: 'c' }),
    'the reason of an old one changes',
    (f) => (native(f).functions[1]!.unmodelled = 'prints only'),
  ],
  [
    'smoke-lost',
    'a smoke test is removed',
    (f) => (native(f).smoke = []),
    'a smoke test speaks for one claim more',
    (f) => native(f).smoke[0]!.claims.push('Clock!TypeOK'),
  ],
  [
    'smoke-lost',
    'a smoke test speaks for another claim',
    (f) => (native(f).smoke[0]!.claims = ['Clock!TypeOK']),
    'a smoke test is added',
    (f) => native(f).smoke.push({ name: 'tocks', claims: ['Clock!InRange'], state: 'passed', text: 's2' }),
  ],
  [
    'rung-lower',
    'a claim stands lower',
    (f) => ((inRange(f).rung = 1), (inRange(f).rungs.live = 'not measured')),
    'a claim stands higher',
    (f) => ((inRange(f).rung = 4), (inRange(f).rungs.falsifiable = 'passed')),
  ],
  [
    'rung-lower',
    'a rung above the one it stands on falls',
    (f) => (inRange(f).rungs.falsifiable = 'not measured'),
    'a rung above it rises',
    (f) => (inRange(f).rungs.exercised = 'partly measured'),
  ],
  [
    'score-lower',
    'a score is lower',
    (f) => (f.scores['Clock!InRange'] = 0.8),
    'a score is higher',
    (f) => (f.scores['Clock!InRange'] = 1),
  ],
  [
    'score-lower',
    'a score is gone',
    (f) => (f.scores = {}),
    'another is there',
    (f) => (f.scores['Clock!TypeOK'] = 1),
  ],
  [
    'assumption-unowned',
    'a new assumption has no owner',
    (f) => f.assumptions.push({ id: 'A-MOON', statement: 'It shines.' }),
    'a new assumption has one',
    (f) => f.assumptions.push({ id: 'A-MOON', statement: 'It shines.', owner: 'somebody' }),
  ],
  [
    'requirement-lower',
    'less is asked of every claim',
    (f) => (f.policy.requiredRung = 0),
    'more is asked of every claim',
    (f) => (f.policy.requiredRung = 2),
  ],
  [
    'requirement-lower',
    'models may lose states from now on',
    (f) => (f.policy.fewerStates = 0.5),
    'drift fails from now on',
    (f) => (f.policy.codeWithoutSpec = 'fails'),
  ],
];

const says = (edit: Edit): string[] => changesOf(edit).map((c) => c.kind);

describe('compare', () => {
  for (const [kind, fires, edit, silent, other] of cases) {
    it(`${kind}: ${fires}; not: ${silent}`, () => {
      const change = changesOf(edit).find((c) => c.kind === kind);
      expect(change, says(edit).join()).to.not.equal(undefined);
      expect(change?.severity).to.equal('fails');
      expect(change?.mend).to.not.equal('');
      expect(changesOf(other).filter((c) => c.severity === 'fails')).to.deep.equal([]);
      expect(says(other)).to.not.include(kind);
    });
  }

  const notes: [ChangeKind, Edit][] = [
    ['claim-added', (f) => clock(f).claims.push({ ...inRange(f), name: 'New' })],
    ['claim-stronger', define('TypeOK', ['and', 'hour \\in Nat', 'hour < 99'])],
    ['claim-statement', (f) => (inRange(f).statement = 'Other words.')],
    ['model-added', (f) => clock(f).models.push({ ...good(f), path: 'specs/Clock/more.cfg' })],
    ['property-added', (f) => (bad(f).checks = ['InRange', 'TypeOK'])],
    ['model-changed', (f) => (good(f).behaviour = 'SPECIFICATION Fair')],
    ['constants-larger', (f) => (good(f).constants.Limit = '5')],
    ['states-more', (f) => (good(f).distinct = 101)],
    ['rung-higher', (f) => (inRange(f).rungs.falsifiable = 'passed')],
    ['score-higher', (f) => (f.scores['Clock!InRange'] = 1)],
    ['anchor-added', (f) => native(f).functions[0]!.claims.push('Clock!TypeOK')],
    ['function-moved', (f) => (native(f).functions[0]!.name = 'tock')],
    [
      'smoke-added',
      (f) => native(f).smoke.push({ name: 'more', claims: ['Clock!InRange'], state: 'passed', text: 's2' }),
    ],
    ['smoke-changed', (f) => (native(f).smoke[0]!.text = 's2')],
    ['assumption-changed', (f) => (f.assumptions[0]!.statement = 'It sets.')],
    ['finding-accepted', (f) => clock(f).accepted.push('variable-never-changes x')],
    ['tool-changed', (f) => (f.tools.jar = 'k')],
    ['code-without-spec', (f) => (native(f).functions[0]!.code = 'cccc')],
    ['spec-without-code', (f) => (clock(f).text = 't2')],
  ];
  for (const [kind, edit] of notes)
    it(`${kind} is said and is no failure`, () => {
      const changes = changesOf(edit);
      expect(changes.map((c) => [c.kind, c.severity])).to.deep.equal([[kind, 'note']]);
    });

  it('every kind has a case here, but for those that only runs can show', () => {
    const covered = new Set([...cases, ...notes].map(([kind]) => kind));
    const open = Object.entries(CHANGE_KINDS).filter(([kind]) => !covered.has(kind as ChangeKind));
    expect(open.map(([, meaning]) => meaning)).to.deep.equal(open.map(() => 'never accepted'));
  });

  it('code and spec that change together are no drift', () => {
    const both: Edit = (f) => ((native(f).functions[0]!.code = 'cccc'), (clock(f).text = 't2'));
    expect(says(both)).to.deep.equal([]);
  });

  it('a code change in a function without claims is no drift', () => {
    expect(says((f) => (native(f).functions[1]!.code = 'cccc'))).to.deep.equal([]);
  });

  it('drift fails where workbench.json says so', () => {
    const code: Edit = (f) => (native(f).functions[0]!.code = 'cccc');
    const spec: Edit = (f) => (clock(f).text = 't2');
    const policy = { codeWithoutSpec: 'fails', specWithoutCode: 'fails' } as const;
    expect(changesOf(code, policy)[0]).to.include({ kind: 'code-without-spec', severity: 'fails' });
    expect(changesOf(spec, policy)[0]).to.include({ kind: 'spec-without-code', severity: 'fails' });
  });

  it('states within the band of workbench.json are no loss, one below it is', () => {
    const to =
      (n: number): Edit =>
      (f) =>
        (good(f).distinct = n);
    expect(changesOf(to(95), { fewerStates: 0.05 })).to.deep.equal([]);
    expect(changesOf(to(94), { fewerStates: 0.05 })[0]?.kind).to.equal('states-fewer');
  });

  it('a change is judged by what the base asks for, not by what it asks of itself', () => {
    const changes = changesOf((f) => {
      good(f).distinct = 60;
      f.policy.fewerStates = 0.5;
    });
    expect(changes.map((c) => c.kind)).to.have.members(['states-fewer', 'requirement-lower']);
  });

  it('a module that was moved keeps its claims', () => {
    expect(says((f) => (clock(f).path = 'specs/Time/Clock.tla'))).to.deep.equal([]);
  });

  it('failures stand first, then by file and line', () => {
    const changes = changesOf((f) => {
      good(f).distinct = 50;
      good(f).constants.Limit = '9';
      inRange(f).statement = 'Other words.';
    });
    expect(changes.map((c) => c.severity)).to.deep.equal(['fails', 'note', 'note']);
  });

  it('the sample compares with itself without a change', () => {
    expect(changesOf(() => undefined)).to.deep.equal([]);
    expect(sample().hash).to.equal(sample().hash);
  });
});
