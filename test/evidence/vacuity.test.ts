import { expect } from 'chai';
import type { ModuleEvidence } from '../../src/commands/claim-results.js';
import type { Probe } from '../../src/domain/probe.js';
import { rateLive } from '../../src/evidence/live.js';
import { probeFixtures, type Fixture } from './vacuity-project.js';

/** The lines of Next that make the claims' antecedents true, in the order of the claims. */
const LINES: Record<string, string> = {
  Plain: 'plain',
  Quantified: 'quantified',
  InLet: 'let',
  ByOperator: 'operator',
  InLetOperator: 'let operator',
  InCase: 'case',
  InIf: 'if',
  InOr: 'or',
  Nested: 'nested',
  ByInstance: 'instance',
  ByParameter: 'parameter',
  ByUnnamed: 'unnamed',
  ByExtended: 'extended',
  InSet: 'set',
  Infix: 'infix',
  TwoInstances: 'two instances',
  Guarded: 'guarded',
  Labelled: 'labelled',
  LeadsTo: 'leads to',
  Always: 'always',
  Step: 'step',
  Then: 'then',
};
const CLAIMS = Object.keys(LINES);
const TEMPORAL = ['LeadsTo', 'Always', 'Step', 'Then'];
const every = (rest: number): string[] => CLAIMS.filter((_, i) => i % 2 === rest);
const without = (claims: string[]): { find: string; replace: string }[] =>
  claims.map((claim) => ({ find: `  \\/ Go("${LINES[claim] ?? ''}")\n`, replace: '' }));

const FIXTURES: Fixture[] = [
  {
    folder: 'antecedent',
    module: 'Antecedents',
    invariants: CLAIMS.filter((c) => !TEMPORAL.includes(c)),
    properties: TEMPORAL,
    variants: { Even: without(every(1)), Odd: without(every(0)) },
  },
  {
    folder: 'leaving',
    module: 'Leaving',
    invariants: ['Small'],
    properties: ['First', 'Step'],
    reduces: { 'Leaving.cfg': { kind: 'CONSTRAINT', name: 'Bound' } },
    variants: {
      Without: [
        { find: 'mark = 0 => [](x < 9)', replace: 'mark = 1 => [](x < 9)' },
        { find: 'x < 4 THEN', replace: 'x < 3 THEN' },
      ],
    },
  },
  {
    folder: 'closed',
    module: 'Closed',
    invariants: [
      'Recursive',
      'Given',
      'GivenByName',
      'ByFunction',
      'InLetInstance',
      'InLetFunction',
      'Put',
      'Nested',
    ],
    variants: {},
  },
  {
    folder: 'action',
    module: 'Actions',
    invariants: ['Small'],
    variants: { Without: [{ find: '  \\/ Jump\n', replace: '' }] },
    accepted: [{ finding: 'action-never-fires', name: 'Jump', reason: 'deleted by the test' }],
  },
  {
    folder: 'variable',
    module: 'Variables',
    invariants: ['Marked', 'Small'],
    variants: { Without: [{ find: '  \\/ Mark\n', replace: '' }] },
  },
  {
    folder: 'no-variable',
    module: 'Constants',
    invariants: ['Direct', 'ByOperator', 'ByInstance'],
    variants: { Without: [{ find: 'What == x', replace: 'What == Limit' }] },
  },
  {
    folder: 'type',
    module: 'Types',
    invariants: ['TypeOK', 'Low', 'One'],
    variants: {
      Implied: [{ find: 'Top == 2', replace: 'Top == 3' }],
      Infinite: [
        { find: 'x \\in 0..3', replace: 'x \\in Nat' },
        { find: 'Top == 2', replace: 'Top == 3' },
      ],
      Endless: [
        { find: 'x \\in 0..3', replace: 'x < 9' },
        { find: 'Top == 2', replace: 'Top == 3' },
      ],
    },
  },
  {
    folder: 'twice',
    module: 'Doubles',
    invariants: ['Low', 'Both', 'Same', 'Wide', 'Narrow', 'Inside', 'Outside', 'Unreached'],
    variants: {
      Listed: [
        { find: '/\\ x < 4', replace: '/\\ (Low)' },
        { find: 'Same == x < 7', replace: 'Same == (* the same *) /\\ x   # 5\n        /\\ Low' },
      ],
    },
  },
  {
    folder: 'reduction',
    module: 'Reductions',
    invariants: ['Low', 'Owned'],
    reduces: {
      'constraint.cfg': { kind: 'CONSTRAINT', name: 'Bound' },
      'action.cfg': { kind: 'ACTION_CONSTRAINT', name: 'Few' },
      'view.cfg': { kind: 'VIEW', name: 'Look' },
      'symmetry.cfg': { kind: 'SYMMETRY', name: 'Alike' },
    },
    variants: {
      Hidden: [
        { find: 'Limit == 3', replace: 'Limit == 7' },
        { find: "{x'}", replace: "{0, x'}" },
        { find: 'Owned == owner \\in Threads', replace: 'Owned == owner = First' },
      ],
    },
  },
  {
    folder: 'fairness',
    module: 'Fairness',
    properties: ['Ends', 'Moves'],
    variants: {
      Unneeded: [{ find: 'y = 0 ~> y = 1', replace: 'x = 0 ~> x = 1' }],
      InLet: [{ find: '/\\ WF_vars(Up)', replace: '/\\ (LET Free == WF_vars(Up) IN Free)' }],
    },
  },
  {
    folder: 'choice',
    module: 'Choices',
    invariants: ['Small'],
    properties: ['Wraps'],
    note: 'without Wrap it ends in a deadlock, which is no matter here',
    variants: {
      Without: [
        { find: 'n = 3 ~> n = 0', replace: 'n = 3 ~> msgs = {}' },
        { find: 'Limit == 2', replace: 'Limit == 4' },
        { find: 'Faulty == {0}', replace: 'Faulty == {}' },
        { find: 'n = 3 /\\ (Wrap \\/ Stop \\/ Refill)', replace: 'n = 3 /\\ (Stop \\/ Refill)' },
        { find: 'IF Limit = 2 THEN', replace: 'IF n = 2 THEN' },
      ],
    },
  },
  {
    folder: 'written',
    module: 'Written',
    invariants: ['Denied', 'Several', 'Either', 'IfElse', 'ElseIf', 'InCase', 'NoneSuch', 'Stuck'],
    properties: ['FromStart', 'Leads', 'Again', 'InStep', 'ByArguments'],
    note: 'the deadlock at the top is meant',
    variants: {
      Without: [
        { find: 'Top == 4', replace: 'Top == 2' },
        { find: 'Next == Up\n', replace: "Next == Up \\/ (x = Top /\\ x' = 0 /\\ late' = FALSE)\n" },
      ],
    },
  },
  {
    folder: 'sizes',
    module: 'Sizes',
    invariants: ['TPTypeOK', 'Exclusion'],
    properties: ['Always'],
    variants: { Small: [{ find: 'Threads == 1..N', replace: 'Threads == {1}' }] },
  },
  {
    folder: 'weak',
    module: 'Weak',
    properties: ['Moves', 'Ends'],
    variants: { Unneeded: [{ find: '<>(x = N)', replace: '<>(y = 1)' }] },
  },
  { folder: 'kinds', module: 'Kinds', invariants: ['Good'], variants: {} },
  { folder: 'given', module: 'Given', invariants: ['Short'], variants: {} },
];

const open = (evidence: ModuleEvidence | undefined): string[] =>
  (evidence?.findings ?? []).filter((f) => f.accepted === undefined).map((f) => `${f.finding} ${f.name}`);

describe('vacuity, asked of TLC', () => {
  let found: Map<string, ModuleEvidence>;
  before(async function () {
    this.timeout(600_000);
    found = await probeFixtures(FIXTURES);
  });

  const probesOf = (module: string, kind: Probe['kind'], claim?: string): Probe[] =>
    (found.get(module)?.probes ?? []).filter(
      (p) => p.kind === kind && (claim === undefined || p.claims.includes(claim)),
    );
  const liveRung = (module: string, claim: string): string => {
    const evidence = found.get(module);
    return rateLive(claim, { findings: evidence?.findings, probes: evidence?.probes, reads: {} }).state;
  };

  it('nothing is found where nothing is vacuous, and every claim then passes rung 2', () => {
    const fine = FIXTURES.map((f) => f.module).filter((m) => m !== 'Actions');
    const whole = FIXTURES.filter((f) => !['Actions', 'Closed', 'Given'].includes(f.module));
    expect(fine.flatMap((module) => open(found.get(module)))).to.deep.equal([]);
    for (const { module, invariants = [], properties = [] } of whole)
      for (const claim of [...invariants, ...properties])
        expect(liveRung(module, claim), `${module}!${claim}`).to.equal('passed');
  });

  for (const claim of CLAIMS)
    it(`the antecedent of ${claim} is reached with the action that makes it true, and never without`, () => {
      const without = CLAIMS.indexOf(claim) % 2 === 0 ? 'AntecedentsOdd' : 'AntecedentsEven';
      const kind = claim === 'InSet' ? 'set' : 'antecedent';
      const answers = (module: string): string[] => probesOf(module, kind, claim).map((p) => p.answer);
      expect(answers('Antecedents'))
        .to.not.be.empty.and.not.include('vacuous')
        .and.not.include('not measured');
      expect(answers(without)).to.include('vacuous').and.not.include('not measured');
      const name = kind === 'set' ? 'set-always-empty' : 'antecedent-never-true';
      expect(open(found.get(without)).filter((f) => f.endsWith(` ${claim}`))).to.deep.equal([
        `${name} ${claim}`,
      ]);
      expect(liveRung(without, claim)).to.equal('failed');
      const other = without === 'AntecedentsOdd' ? 'AntecedentsEven' : 'AntecedentsOdd';
      expect(answers(other)).to.not.include('vacuous');
    });

  it('a step that leaves the constraint counts, as claims about steps are checked there; the spec may use registers', () => {
    const answers = (module: string): string[][] =>
      (found.get(module)?.probes ?? [])
        .filter((p) => p.kind === 'variable' || p.kind === 'antecedent')
        .map((p) => [p.subject, p.answer]);
    expect(answers('Leaving')).to.deep.equal([
      ['x', 'live'],
      ['mark', 'live'],
      ['x < 5', 'live'],
      ['mark = 0', 'live'],
      ["x' = 4", 'live'],
    ]);
    expect(answers('LeavingWithout')).to.deep.equal([
      ['x', 'live'],
      ['mark', 'vacuous'],
      ['x < 5', 'live'],
      ['mark = 1', 'vacuous'],
      ["x' = 4", 'vacuous'],
    ]);
  });

  it('what is not looked into is said to be not measured, and never passed', () => {
    for (const claim of FIXTURES.find((f) => f.module === 'Closed')?.invariants ?? []) {
      const open = probesOf('Closed', 'antecedent', claim).filter((p) => p.answer === 'not measured');
      expect(open.map((p) => p.because).join(), claim).to.match(
        /is recursive|argument of|is a function|in a LET|another operator|no file of its own/,
      );
      expect(liveRung('Closed', claim), claim).to.equal('partly measured');
    }
    expect(probesOf('Closed', 'antecedent', 'Recursive').map((p) => p.answer)).to.deep.equal([
      'live',
      'not measured',
    ]);
  });

  it('an answer says where and after how many states an antecedent was reached, a finding where it was looked for', () => {
    const [live] = probesOf('Antecedents', 'antecedent', 'Plain');
    expect(live).to.include({
      subject: 'at = "plain"',
      model: 'specs/Antecedents/Antecedents.cfg',
      depth: 1,
    });
    expect(live?.states).to.be.within(2, 18);
    const dead = found.get('AntecedentsOdd')?.findings?.find((f) => f.name === 'Plain');
    expect(dead?.message).to.equal(
      'Plain: at = "plain" is never true; looked for in specs/AntecedentsOdd/Antecedents.cfg',
    );
    expect(dead?.place).to.deep.equal({ path: 'specs/AntecedentsOdd/AntecedentsOdd.tla', line: 32 });
  });

  it('an action fires only while the action that leads to it is there; the finding names models and line', () => {
    const findings = found.get('ActionsWithout')?.findings ?? [];
    const land = findings.find((f) => f.name === 'Land');
    expect(land).to.deep.include({
      finding: 'action-never-fires',
      place: { path: 'specs/ActionsWithout/ActionsWithout.tla', line: 7 },
      message:
        'action Land fires in no model of ActionsWithout; looked for in specs/ActionsWithout/Actions.cfg',
    });
    expect(open(found.get('Actions'))).to.deep.equal(['acceptance-without-finding Jump']);
  });

  it('a finding that the manifest accepts carries the reason, and does not fail the rung', () => {
    const jump = found.get('ActionsWithout')?.findings?.find((f) => f.name === 'Jump');
    expect(jump).to.include({ finding: 'action-never-fires', accepted: 'deleted by the test' });
  });

  it('a variable that nothing changes speaks against the claims that read it, and no other', () => {
    expect(open(found.get('VariablesWithout'))).to.include('variable-never-changes mark');
    const finding = found.get('VariablesWithout')?.findings?.find((f) => f.name === 'mark');
    expect(finding?.claims).to.deep.equal(['Marked']);
  });

  it('claims that read no variable are found through operators, LET and instances', () => {
    expect(open(found.get('ConstantsWithout'))).to.deep.equal(
      ['Direct', 'ByOperator', 'ByInstance'].map((name) => `claim-reads-no-variable ${name}`),
    );
  });

  it('a claim that TypeOK implies is found; one that it does not imply has a state of the right types that violates it', () => {
    expect(open(found.get('TypesImplied'))).to.deep.equal(['implied-by-type Low']);
    expect(probesOf('Types', 'type').map((p) => [p.claims[0], p.answer])).to.deep.equal([
      ['Low', 'live'],
      ['One', 'live'],
    ]);
  });

  it('where TypeOK cannot be enumerated the answer is not measured, and the rung only partly', () => {
    for (const module of ['TypesEndless', 'TypesInfinite']) {
      const [low] = probesOf(module, 'type', 'Low');
      expect(low).to.include({ answer: 'not measured' });
      expect(low?.because).to.match(/gives no set for x/);
      expect(liveRung(module, 'Low')).to.equal('partly measured');
      expect(liveRung(module, 'One')).to.equal('passed');
    }
  });

  it('claims listed twice are found, under two names and as a part of another, whatever the layout', () => {
    const findings = found.get('DoublesListed')?.findings ?? [];
    expect(findings.map((f) => [f.finding, f.name, f.text])).to.deep.equal([
      ['listed-twice', 'Low', 'Both'],
      ['listed-twice', 'Same', 'Both'],
    ]);
    expect(findings[1]?.message).to.contain('says the same as Both');
  });

  it('a constraint, action constraint or view that hides states is found, and its declared reason accepts it', () => {
    const findings = found.get('ReductionsHidden')?.findings ?? [];
    const hidden = findings.filter((f) => f.accepted === 'the fixture declares it').map((f) => f.name);
    expect(hidden).to.have.members(['Bound', 'Few', 'Look']);
  });

  it('a symmetry that hides a violation is found, and no reason accepts it', () => {
    expect(open(found.get('ReductionsHidden'))).to.deep.equal(['reduction-cuts-states Alike']);
    const finding = found.get('ReductionsHidden')?.findings?.find((f) => f.name === 'Alike');
    expect(finding?.message).to.contain('hides that Owned is violated');
  });

  it('fairness that cannot be taken out of its formula is not measured', () => {
    const answers = probesOf('FairnessInLet', 'fairness').map((p) => [p.subject, p.answer]);
    expect(answers).to.deep.equal([
      ['\\A n \\in {0, 1} : WF_vars(Side(n))', 'live'],
      ['(LET Free == WF_vars(Up) IN Free)', 'not measured'],
    ]);
    expect(liveRung('FairnessInLet', 'Ends')).to.equal('partly measured');
  });

  it('fairness that no claim needs is found, and only that', () => {
    expect(open(found.get('FairnessUnneeded'))).to.deep.equal([
      'fairness-not-needed \\A n \\in {0, 1} : WF_vars(Side(n))',
    ]);
    expect(probesOf('Fairness', 'fairness').map((p) => p.answer)).to.deep.equal(['live', 'live']);
  });

  it('an action that TLC counts only with others, for no element or not at all is asked for, and found', () => {
    expect(open(found.get('ChoicesWithout'))).to.have.members([
      ...['Drop', 'Crash', 'Fill', 'Wrap'].map((name) => `action-never-fires ${name}`),
      'fairness-not-needed SF_vars(Wrap)',
    ]);
    const drop = found.get('ChoicesWithout')?.findings?.find((f) => f.name === 'Drop');
    expect(drop?.message).to.equal(
      'action Drop fires in no model of ChoicesWithout; looked for in specs/ChoicesWithout/Choices.cfg',
    );
    expect(drop?.place).to.deep.equal({ path: 'specs/ChoicesWithout/ChoicesWithout.tla', line: 12 });
    for (const claim of ['Small', 'Wraps']) expect(liveRung('ChoicesWithout', claim)).to.equal('failed');
    const live = probesOf('Choices', 'action').filter((p) => p.answer === 'live');
    expect(live.map((p) => p.subject)).to.include.members(['Drop', 'Fill']);
  });

  it('an action that is given to an operator, and that TLC does not count, is said to be not measured', () => {
    const answers = probesOf('Given', 'action').map((p) => [p.subject, p.answer, p.because]);
    expect(answers).to.deep.equal([
      ['Cut', 'not measured', 'action Cut not probed: it is an argument of Some'],
    ]);
    expect(liveRung('Given', 'Short')).to.equal('partly measured');
  });

  it('implications written as disjunctions, IF, CASE or a denied quantifier are asked for, of later states and of steps too', () => {
    const never = (name: string, text: string): string[] => ['antecedent-never-true', name, text];
    const findings = found.get('WrittenWithout')?.findings ?? [];
    expect(
      findings.map((f) => [f.finding, f.name, ...(f.text === undefined ? [] : [f.text])]),
    ).to.have.deep.members([
      never('Denied', '(x = 4)'),
      never('Several', '/\\ x = 4 /\\ late'),
      never('IfElse', 'x = 4'),
      never('ElseIf', '~(x # 4)'),
      never('InCase', 'x = 4'),
      never('InCase', 'x = 3'),
      ['set-always-empty', 'NoneSuch', 'y \\in {z \\in {x} : z = 4}'],
      never('Stuck', '~ENABLED Next'),
      never('FromStart', 'x = 4'),
      never('Leads', 'x = limit'),
      never('Leads', 'x = 3'),
      never('Again', 'x = 4'),
      never('InStep', 'value = 4'),
      never('ByArguments', 'after = 4'),
      ['fairness-not-needed', 'WF_vars(Next)'],
    ]);
    expect(probesOf('Written', 'antecedent', 'Either')).to.deep.equal([]);
  });

  it('what TypeOK implies is asked of every model, of `[]P` too, and of the claim that is named like TPTypeOK', () => {
    expect(open(found.get('SizesSmall'))).to.have.members([
      'implied-by-type Exclusion',
      'implied-by-type Always',
      'antecedent-never-true Always',
    ]);
    const [exclusion] = probesOf('Sizes', 'type', 'Exclusion');
    expect(exclusion).to.include({ answer: 'live', model: 'specs/Sizes/two.cfg' });
    const [implied] = probesOf('SizesSmall', 'type', 'Exclusion');
    expect(implied?.lookedIn).to.deep.equal(['specs/SizesSmall/one.cfg', 'specs/SizesSmall/two.cfg']);
  });

  it('fairness is said not to be needed only where no model needs it', () => {
    const answers = probesOf('Weak', 'fairness').map((p) => [p.subject, p.answer, p.model]);
    expect(answers).to.deep.include(['WF_vars(Up)', 'live', 'specs/Weak/n4.cfg']);
    expect(open(found.get('WeakUnneeded'))).to.deep.equal(['fairness-not-needed WF_vars(Up)']);
  });

  it('a variable that changes to a value of another kind changes', () => {
    const answers = probesOf('Kinds', 'variable').map((p) => [p.subject, p.answer]);
    expect(answers).to.deep.equal([
      ['reply', 'live'],
      ['done', 'live'],
    ]);
  });
});
