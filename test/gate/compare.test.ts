import { expect } from 'chai';
import { CHANGE_KINDS, type ChangeKind } from '../../src/domain/baseline.js';
import { isFailure } from '../../src/gate/approval.js';
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
    'claim-changed',
    'a claim cannot be read any more',
    (f) => delete clock(f).definitions.TypeOK,
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
    'a larger set lacks an element that it had',
    (f) => (good(f).constants.Hands = '{"a", "b", "c"}'),
    'a set has one element more',
    (f) => (good(f).constants.Hands = '{h1, h2, h3}'),
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
    'control-weaker',
    'nobody looks whether another claim holds on a control',
    (f) => (bad(f).fullSet = false),
    'it is pinned to one claim alone',
    (f) => bad(f).violates.push('Deadlock'),
  ],
  [
    'control-weaker',
    'a control may differ from its positive model in one thing more',
    (f) => bad(f).differsIn.push('Limit'),
    'it differs in one thing less',
    (f) => (bad(f).differsIn = []),
  ],
  [
    'control-weaker',
    'a control is a variant of no positive model any more',
    (f) => (delete bad(f).variantOf, (bad(f).differsIn = [])),
    'it is a variant of another',
    (f) => (bad(f).variantOf = 'specs/Clock/more.cfg'),
  ],
  [
    'step-lost',
    'a protective step is removed',
    (f) => (clock(f).steps = []),
    'one is added',
    (f) =>
      clock(f).steps.push({
        step: 'the lock',
        model: 'specs/Clock/good.cfg',
        noticedBy: ['InRange'],
        text: 'd2',
      }),
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
    (f) =>
      native(f).smoke.push({
        name: 'tocks',
        claims: ['Clock!InRange'],
        state: 'passed',
        asserts: [],
        text: 's2',
      }),
  ],
  [
    'smoke-weaker',
    'a smoke test expects one thing less',
    (f) => (native(f).smoke[0]!.asserts = []),
    'it expects one thing more',
    (f) => native(f).smoke[0]!.asserts.push('with report.skips 1'),
  ],
  [
    'smoke-changed',
    'a smoke test starts something else',
    (f) => (native(f).smoke[0]!.text = 's2'),
    'it is the same',
    () => undefined,
  ],
  [
    'build-lost',
    'a preset is built no more',
    (f) => (native(f).builds = []),
    'another is built as well',
    (f) => native(f).builds.push('clang'),
  ],
  [
    'requirement-lower',
    'a folder is covered no more',
    (f) => (native(f).requires = ['handlers native', 'library.fix.marker FIX_API']),
    'one more is',
    (f) => native(f).requires.push('covered tools'),
  ],
  [
    'requirement-lower',
    'handlers may do more',
    (f) => native(f).allows.push('malloc'),
    'handlers may do less',
    (f) => (native(f).allows = []),
  ],
  [
    'requirement-lower',
    'specs are looked for where the module is not',
    (f) => (f.scope.specs = 'other'),
    'they are looked for in more folders',
    (f) => (f.scope.specs = '.'),
  ],
  [
    'left-out',
    'a configuration is left out',
    (f) => f.scope.leftOut.push('specs/Clock/more.cfg'),
    'it is the same',
    () => undefined,
  ],
  [
    'assume-lost',
    'an ASSUME is removed',
    (f) => (clock(f).assumes = []),
    'it has its parts in another order',
    (f) => clock(f).assumes.reverse(),
  ],
  [
    'operator-changed',
    "a name in a claim that is as before is now another module's",
    (f) => {
      inRange(f).operators.push('Nat');
      clock(f).definitions.Nat = '0 .. 3';
    },
    'a new operator comes with a stronger claim',
    (f) => {
      inRange(f).operators.push('Late');
      clock(f).definitions.Late = 'hour > 9';
      clock(f).definitions.InRange = ['and', 'hour < Limit', ['or', 'hour > 0', 'Busy'], 'Late'];
    },
  ],
  [
    'operator-changed',
    'an operator that an ASSUME refers to changes',
    define('Alike', 'TRUE'),
    'one that nothing refers to goes',
    (f) => (clock(f).definitions.Gone = 'x'),
  ],
  [
    'behaviour-changed',
    'a positive model explores another specification',
    (f) => (good(f).behaviour = 'INIT Init NEXT Next'),
    'a control does',
    (f) => (bad(f).behaviour = 'INIT Init NEXT Next'),
  ],
  [
    'model-observed',
    'what a model shows becomes an open question',
    (f) => (good(f).observed = true),
    'it is the same',
    () => undefined,
  ],
  [
    'states-fewer',
    'fewer initial states, hidden by more in all',
    (f) => ((good(f).initial = 3), (good(f).distinct = 200)),
    'more initial states',
    (f) => (good(f).initial = 5),
  ],
  [
    'states-fewer',
    'the number that is pinned falls where none is counted',
    (f) => ((good(f).pinned.distinctStates = 90), (good(f).distinct = undefined as never)),
    'it rises',
    (f) => (good(f).pinned.distinctStates = 110),
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
    (f) => f.assumptions.push({ id: 'A-MOON', statement: 'It shines.', monitored: 'no' }),
    'a new assumption has one',
    (f) => f.assumptions.push({ id: 'A-MOON', statement: 'It shines.', monitored: 'no', owner: 'somebody' }),
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
      expect(changesOf(other).filter(isFailure)).to.deep.equal([]);
      expect(says(other)).to.not.include(kind);
    });
  }

  /** Kind, an edit, and what the base was like where the sample is not. */
  const notes: [ChangeKind, Edit, Edit?][] = [
    ['claim-added', (f) => clock(f).claims.push({ ...inRange(f), name: 'New' })],
    ['claim-stronger', define('TypeOK', ['and', 'hour \\in Nat', 'hour < 99'])],
    ['claim-statement', (f) => (inRange(f).statement = 'Other words.')],
    ['model-added', (f) => clock(f).models.push({ ...good(f), path: 'specs/Clock/more.cfg' })],
    ['property-added', (f) => (bad(f).checks = ['InRange', 'TypeOK'])],
    ['model-changed', (f) => (bad(f).behaviour = 'SPECIFICATION Fair')],
    ['constants-larger', (f) => (good(f).constants.Limit = '5')],
    ['states-more', (f) => (good(f).distinct = 101)],
    ['rung-higher', (f) => (inRange(f).rungs.falsifiable = 'passed')],
    ['score-higher', (f) => (f.scores['Clock!InRange'] = 1)],
    ['anchor-added', (f) => native(f).functions[0]!.claims.push('Clock!TypeOK')],
    ['function-moved', (f) => (native(f).functions[0]!.name = 'tock')],
    [
      'smoke-added',
      (f) =>
        native(f).smoke.push({
          name: 'more',
          claims: ['Clock!InRange'],
          state: 'passed',
          asserts: [],
          text: 's2',
        }),
    ],
    ['smoke-stronger', (f) => native(f).smoke[0]!.asserts.push('with signal SIGSEGV')],
    ['step-changed', (f) => (clock(f).steps[0]!.text = 'd2')],
    ['behaviour-edited', (f) => (clock(f).explored.Init = 'h9')],
    ['assume-added', (f) => clock(f).assumes.push({ formula: 'Limit < 9', operators: [] })],
    ['model-moved', (f) => (bad(f).path = 'specs/Clock/small/bad.cfg')],
    ['model-stronger', (f) => (good(f).mode = 'exhaustive search'), (f) => (good(f).mode = 'generate')],
    [
      'model-stronger',
      (f) => (good(f).mode = { simulate: { traceCount: 20 } }),
      (f) => (good(f).mode = { simulate: { traceCount: 10 } }),
    ],
    ['model-changed', (f) => (good(f).assumptions = [])],
    ['model-changed', (f) => bad(f).violates.push('Deadlock')],
    ['model-stronger', (f) => (good(f).observed = false), (f) => (good(f).observed = true)],
    [
      'model-stronger',
      (f) => Object.assign(good(f), { role: 'positive', result: 'success' }),
      (f) => Object.assign(good(f), { role: 'unknown', result: 'unknown' }),
    ],
    ['assumption-changed', (f) => (f.assumptions[0]!.statement = 'It sets.')],
    ['assumption-changed', (f) => (f.assumptions[0]!.monitored = 'not monitored')],
    ['assumption-changed', (f) => (f.assumptions = [])],
    ['tool-changed', (f) => (f.tools.jar = 'k')],
    ['code-without-spec', (f) => (native(f).functions[0]!.code = 'cccc')],
    ['spec-without-code', (f) => (clock(f).text = 't2')],
  ];
  for (const [kind, edit, before] of notes)
    it(`${kind} is said and is no failure`, () => {
      const changes = changesOf(edit, {}, before);
      expect(changes.map((c) => [c.kind, c.severity])).to.deep.equal([[kind, 'note']]);
    });

  it('every kind has a case here, but for those that only runs can show', () => {
    const elsewhere: ChangeKind[] = ['finding-accepted', 'baseline-unreadable', 'layout-changed'];
    const covered = new Set([...[...cases, ...notes].map(([kind]) => kind), ...elsewhere]);
    const open = Object.entries(CHANGE_KINDS).filter(([kind]) => !covered.has(kind as ChangeKind));
    expect(open.map(([, meaning]) => meaning)).to.deep.equal(open.map(() => 'never accepted'));
  });

  it('an accepted finding is no failure, and shown with its reason like all that is accepted', () => {
    const entry = { finding: 'variable-never-changes x', reason: 'a model of its own has it' };
    const [change, ...others] = changesOf((f) => clock(f).accepted.push(entry));
    expect(others).to.deep.equal([]);
    expect(change).to.include({ kind: 'finding-accepted', accepted: entry.reason, mend: '' });
    expect(isFailure(change!)).to.equal(false);
    const words = changesOf((f) => (clock(f).accepted[0]!.reason = 'because'));
    expect(words[0]).to.include({ was: 'accepted: for later', accepted: 'because' });
    expect(changesOf((f) => (clock(f).accepted = []))).to.deep.equal([]);
  });

  it('what is gone with its file has the place it had; what workbench.json hides has a place there', () => {
    const placeOf = (edit: Edit, kind: ChangeKind): string | undefined =>
      changesOf(edit).find((c) => c.kind === kind)?.place.path;
    expect(placeOf((f) => (f.modules = []), 'claim-lost')).to.equal('specs/Clock/Clock.tla');
    expect(placeOf((f) => native(f).functions.shift(), 'anchor-lost')).to.equal('native/clock.cpp');
    const hidden: Edit = (f) => ((f.modules = []), (f.scope.leftOut = ['specs/Clock']));
    expect(placeOf(hidden, 'claim-lost')).to.equal('workbench.json');
    expect(changesOf(hidden).find((c) => c.kind === 'claim-lost')?.mend).to.match(/-- workbench\.json$/);
  });

  it('of two new functions with the code of one that is gone, one was moved and one is new', () => {
    const kinds = changesOf((f) => {
      const [tick] = native(f).functions.splice(0, 1);
      for (const name of ['tack', 'tock'])
        native(f).functions.push({
          ...tick!,
          name,
          ...(name === 'tock' ? {} : { claims: [], unmodelled: 'r' }),
        });
    }).map((c) => `${c.kind} ${c.subject}`);
    expect(kinds).to.deep.equal([
      'function-unmodelled native/clock.cpp tack',
      'function-moved native/clock.cpp tick',
    ]);
  });

  it('an overload that comes before another of its name takes no anchor from it', () => {
    const changes = changesOf((f) =>
      native(f).functions.unshift({
        ...{ name: 'tick', path: 'native/clock.cpp', claims: ['Clock!TypeOK'], code: '0000' },
      }),
    );
    expect(changes.map((c) => [c.kind, c.is])).to.deep.equal([['anchor-added', '@claim Clock!TypeOK']]);
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
