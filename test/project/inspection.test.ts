import { expect } from 'chai';
import type { ModelInspection } from '../../src/project/model-inspection.js';
import { inspectModel } from '../../src/project/inspection.js';
import { collectModules } from '../../src/project/modules.js';
import { readProject } from '../../src/project/project.js';
import { CLOCK, clockManifest, CONTROL, POSITIVE, writeProject } from './sample-project.js';

interface Change {
  good?: string;
  bad?: string;
  module?: string;
  /** Workbench keys put over those of the positive model, and of the control. */
  goodKeys?: Record<string, unknown>;
  badKeys?: Record<string, unknown>;
  /** Without any workbench key, as the community's manifests are. */
  foreign?: boolean;
  features?: string[];
}

/** Inspects a model of the sample project after a change. */
async function inspect(which: 'good' | 'bad', change: Change = {}): Promise<ModelInspection> {
  const manifest = clockManifest();
  const [good, bad] = manifest.modules[0]!.models;
  Object.assign(good!.workbench, change.goodKeys);
  Object.assign(bad!.workbench, change.badKeys);
  const text = JSON.stringify(manifest, (key, value: unknown) =>
    change.foreign === true && key === 'workbench' ? undefined : value,
  );
  const features =
    change.features === undefined
      ? text
      : text.replace(
          '"result":"success"',
          `"features":${JSON.stringify(change.features)},"result":"success"`,
        );
  const { root, remove } = writeProject({
    'specs/Clock/manifest.json': features,
    'specs/Clock/Clock.tla': change.module ?? CLOCK,
    'specs/Clock/good.cfg': change.good ?? POSITIVE,
    'specs/Clock/bad.cfg': change.bad ?? CONTROL,
  });
  const { modules, problems } = await collectModules(readProject(root).project);
  remove();
  const module = modules[0];
  const model = module?.models.find((m) => m.id.endsWith(`${which}.cfg`));
  if (module === undefined || model === undefined) throw new Error(problems.map((p) => p.message).join('\n'));
  return inspectModel(model, module, module.outlines);
}

const differences = async (which: 'good' | 'bad', change: Change): Promise<string> =>
  (await inspect(which, change)).differences.map((d) => d.message).join('\n');
const problems = async (change: Change): Promise<string> =>
  (await inspect('good', change)).problems.map((p) => `${p.code} ${p.message} (${p.hint})`).join('\n');

describe('inspecting a model', () => {
  it('finds nothing wrong with the sample', async () => {
    for (const which of ['good', 'bad'] as const) {
      const found = await inspect(which);
      expect([found.differences, found.problems, found.notes, found.reductions]).to.deep.equal([
        [],
        [],
        [],
        [],
      ]);
    }
    const { enabled, assumeOnly, checksNothing } = await inspect('good');
    expect(enabled).to.deep.equal({ invariants: ['TypeOK', 'InRange'], properties: [], deadlock: true });
    expect([assumeOnly, checksNothing]).to.deep.equal([false, false]);
  });

  it('a property that says nothing of steps or time is a difference: TLC looks at the initial states only', async () => {
    const asProperty = {
      good: `${POSITIVE}PROPERTY Said`,
      goodKeys: { checks: ['TypeOK', 'InRange', 'Said'] },
    };
    const module = (body: string): string => CLOCK.replace('Yes ==', `Said == ${body}\nYes ==`);
    for (const body of ['InRange', "InRange \\* a prime' and []", 'TypeOK /\\ "[]" # "(*"'])
      expect(await differences('good', { ...asProperty, module: module(body) })).to.contain(
        'write INVARIANT Said',
      );
    for (const body of ['[]InRange', '[][Next]_<<>>', "InRange' = InRange", 'TypeOK ~> InRange', 'Spec'])
      expect(await differences('good', { ...asProperty, module: module(body) })).to.equal('');
  });

  describe('finds wrong input where', () => {
    const wrong: [string, Change, RegExp][] = [
      [
        'an invariant is not defined',
        { good: POSITIVE.replace('InRange', 'InRnage') },
        /^CFG-UNDEFINED specs\/Clock\/good\.cfg:5: INVARIANT InRnage .*did you mean InRange/,
      ],
      [
        'a property is not defined',
        { good: `${POSITIVE}PROPERTY Live` },
        /^CFG-UNDEFINED .*:6: PROPERTY Live/,
      ],
      [
        'the SPECIFICATION is not defined',
        { good: POSITIVE.replace('Spec', 'Specs') },
        /:1: SPECIFICATION Specs .*did you mean Spec\?/,
      ],
      [
        'INIT is not defined',
        { good: POSITIVE.replace('SPECIFICATION Spec', 'INIT Start NEXT Next') },
        /INIT Start/,
      ],
      [
        'a constraint takes arguments',
        { good: `${POSITIVE}CONSTRAINT Odd`, module: CLOCK.replace('Yes ==', 'Odd(n) == n = 1\nYes ==') },
        /^CFG-ARGUMENTS .*Odd takes 1/,
      ],
      [
        'a constant has no value',
        { good: POSITIVE.replace('CONSTANT Limit = 4\n', '') },
        /^CFG-NO-VALUE .*constant Limit \(specs\/Clock\/Clock\.tla:3\) has no value/,
      ],
      [
        'a constant is not declared',
        { good: POSITIVE.replace('Guarded = TRUE', 'Guarded = TRUE Garded = TRUE') },
        /^CFG-CONSTANT-UNKNOWN .*:3: Garded .*did you mean Guarded/,
      ],
      [
        'a substitute is not defined',
        { good: POSITIVE.replace('Limit = 4', 'Limit <- Four') },
        /^CFG-UNDEFINED .*:2: Limit <- Four: Four is not defined/,
      ],
      [
        'a module with variables has no behaviour',
        { good: POSITIVE.replace('SPECIFICATION Spec\n', '') },
        /^CFG-BEHAVIOUR .*has no|^CFG-BEHAVIOUR .*names no SPECIFICATION/,
      ],
    ];
    for (const [what, change, expected] of wrong) {
      it(what, async () => {
        expect(await problems(change)).to.match(expected);
      });
    }
  });

  it('does not call a name undefined where a part of the module could not be parsed: TLC will tell', async () => {
    const module = CLOCK.replace('InRange == hour \\in Hours', 'InRange == IF hour \\in THEN 1');
    expect(await problems({ module })).not.to.contain('CFG-UNDEFINED');
  });

  it('takes constants and definitions of extended modules as the module’s own', async () => {
    const module = CLOCK.replace(
      'CONSTANTS Limit, Guarded',
      'CONSTANT Limit\n---- MODULE Inner ----\nCONSTANT Hidden\n====\nCONSTANT Guarded',
    );
    expect(await problems({ module })).to.equal('');
  });

  describe('finds a difference where', () => {
    const differing: [string, 'good' | 'bad', Change, RegExp][] = [
      [
        'an INVARIANT line was removed',
        'good',
        { good: POSITIVE.replace('INVARIANT InRange\n', '') },
        /^declared checks: InRange, TypeOK; enabled in the \.cfg: TypeOK$/,
      ],
      [
        'an INVARIANT line was added',
        'bad',
        { bad: `${CONTROL}INVARIANT TypeOK` },
        /^declared checks: InRange; enabled in the \.cfg: InRange, TypeOK$/,
      ],
      [
        'every INVARIANT was removed (hazard 8)',
        'good',
        { good: POSITIVE.replace(/INVARIANT.*\n/g, '') },
        /enabled in the \.cfg: nothing$/,
      ],
      [
        'a control does not enable what it violates',
        'bad',
        { bad: CONTROL.replace('InRange', 'TypeOK'), badKeys: { checks: ['TypeOK'] } },
        /^declared: violates InRange; the \.cfg does not enable it$/,
      ],
      [
        'an invariant is enabled as PROPERTY',
        'good',
        { good: POSITIVE.replace('INVARIANT InRange', 'PROPERTY InRange') },
        /only the initial states are looked at/,
      ],
      [
        'a property is enabled as INVARIANT',
        'good',
        { good: `${POSITIVE}INVARIANT Comes`, goodKeys: { checks: ['TypeOK', 'InRange', 'Comes'] } },
        /^claim Comes is a property/,
      ],
      [
        'a claim is replaced by TRUE (hazard 9)',
        'good',
        { good: `${POSITIVE}CONSTANT InRange <- Yes` },
        /^InRange <- Yes \(line 6\) replaces the claim InRange itself$/,
      ],
      [
        'a claim is overwritten with = TRUE',
        'good',
        { good: `${POSITIVE}CONSTANT InRange = TRUE` },
        /^InRange = TRUE \(line 6\) replaces the claim InRange itself$/,
      ],
      [
        'a claim depends on what is replaced, though it is declared',
        'good',
        {
          good: `${POSITIVE}CONSTANT Hours <- Nat`,
          module: CLOCK.replace('Yes ==', 'Nat2 == 0..9\nYes =='),
          goodKeys: { reduces: [{ kind: 'SUBSTITUTION', name: 'Hours', reason: 'r' }] },
        },
        /Hours <- Nat \(line 6\) replaces an operator that claim InRange depends on/,
      ],
      [
        'the behaviour is replaced',
        'good',
        { good: `${POSITIVE}CONSTANT Spec <- Yes` },
        /replaces the behaviour Spec itself/,
      ],
      [
        'an operator of the behaviour is replaced undeclared',
        'good',
        { good: `${POSITIVE}CONSTANT Jump <- Yes` },
        /^SUBSTITUTION Jump is in force \(line 6\) but reduces does not declare it$/,
      ],
      [
        'a VIEW is not declared (hazard 10)',
        'good',
        { good: `${POSITIVE}VIEW view` },
        /^VIEW view is in force \(line 6\) but reduces does not declare it$/,
      ],
      [
        'a SYMMETRY is not declared',
        'good',
        { good: `${POSITIVE}SYMMETRY Symm` },
        /^SYMMETRY Symm is in force/,
      ],
      [
        'a CONSTRAINT is not declared',
        'good',
        { good: `${POSITIVE}CONSTRAINT Small` },
        /^CONSTRAINT Small is in force/,
      ],
      [
        'an ACTION_CONSTRAINT is not declared',
        'good',
        { good: `${POSITIVE}ACTION_CONSTRAINT Tick` },
        /^ACTION_CONSTRAINT Tick is in force/,
      ],
      [
        'a declared reduction is not there',
        'good',
        { goodKeys: { reduces: [{ kind: 'VIEW', name: 'view', reason: 'r' }] } },
        /^reduces declares VIEW view, which the \.cfg does not have$/,
      ],
      [
        'deadlocks are not looked for',
        'good',
        { good: `${POSITIVE}CHECK_DEADLOCK FALSE` },
        /^CHECK_DEADLOCK FALSE \(line 6\).*note does not say why/,
      ],
      [
        'liveness is checked under symmetry',
        'good',
        {
          good: `${POSITIVE}PROPERTY Comes\nSYMMETRY Symm`,
          goodKeys: {
            checks: ['TypeOK', 'InRange', 'Comes'],
            reduces: [{ kind: 'SYMMETRY', name: 'Symm', reason: 'r' }],
          },
        },
        /not sound under symmetry/,
      ],
      [
        'a control differs in a constant it does not declare',
        'bad',
        { bad: CONTROL.replace('Limit = 4', 'Limit = 5') },
        /^differsIn declares Guarded; against specs\/Clock\/good\.cfg there differ Guarded, Limit$/,
      ],
      [
        'a control differs in nothing',
        'bad',
        { bad: CONTROL.replace('FALSE', 'TRUE') },
        /there differ nothing$/,
      ],
      [
        'a control has another behaviour',
        'bad',
        {
          bad: CONTROL.replace('Spec', 'Init2'),
          module: CLOCK.replace('Yes ==', 'Init2 == hour = 1\nYes =='),
        },
        /there differ Guarded, SPECIFICATION$/,
      ],
      [
        'a control has a constraint of its own',
        'bad',
        {
          bad: `${CONTROL}CONSTRAINT Small`,
          badKeys: { reduces: [{ kind: 'CONSTRAINT', name: 'Small', reason: 'r' }] },
        },
        /^VIEW, constraints or CHECK_DEADLOCK differ from/,
      ],
    ];
    for (const [what, which, change, expected] of differing) {
      it(what, async () => {
        expect(await differences(which, change)).to.match(expected);
      });
    }
  });

  it('accepts declared reductions, a reason for CHECK_DEADLOCK FALSE, and another SPECIFICATION in differsIn', async () => {
    const good = `${POSITIVE}VIEW view\nCONSTRAINT Small\nCONSTANT Jump <- Yes\nCHECK_DEADLOCK FALSE\n`;
    const reduces = [
      { kind: 'VIEW', name: 'view', reason: 'r' },
      { kind: 'CONSTRAINT', name: 'Small', reason: 'r' },
      { kind: 'SUBSTITUTION', name: 'Jump', reason: 'r' },
    ];
    const found = await inspect('good', {
      good,
      goodKeys: { reduces, note: 'Deadlocks are what another model looks for.' },
    });
    expect(found.differences).to.deep.equal([]);
    expect(found.reductions.map((r) => r.kind)).to.deep.equal(['VIEW', 'CONSTRAINT', 'SUBSTITUTION']);
    expect(found.notes.join()).to.contain('CHECK_DEADLOCK FALSE');
    const bad = {
      bad: CONTROL.replace('Spec', 'Free'),
      badKeys: { differsIn: ['Guarded', 'SPECIFICATION'] },
    };
    expect(
      await differences('bad', { ...bad, module: CLOCK.replace('Yes ==', 'Free == TRUE\nYes ==') }),
    ).to.equal('');
  });

  it('lets a declared CONSTANT be substituted, whatever depends on it', async () => {
    const good = POSITIVE.replace('Limit = 4', 'Limit <- Four');
    const found = await inspect('good', { good, module: CLOCK.replace('Yes ==', 'Four == 4\nYes ==') });
    expect([found.differences, found.reductions]).to.deep.equal([[], []]);
  });

  it('of a foreign manifest says what is not declared and calls it no difference', async () => {
    const good = `${POSITIVE}SYMMETRY Symm\nCONSTANT Hours <- Yes\nCHECK_DEADLOCK FALSE\n`;
    const found = await inspect('good', { foreign: true, good });
    expect(found.differences).to.deep.equal([]);
    expect(found.notes[0]).to.equal('checks: not declared');
    expect(found.notes.join('\n')).to.match(/SYMMETRY Symm[^]*SUBSTITUTION Hours[^]*CHECK_DEADLOCK/);
  });

  it('of a foreign manifest still refuses a replaced claim and an undeclared VIEW', async () => {
    const foreign = true;
    expect(await differences('good', { foreign, good: `${POSITIVE}CONSTANT InRange <- Yes` })).to.contain(
      'replaces the claim',
    );
    expect(await differences('good', { foreign, good: `${POSITIVE}VIEW view` })).to.contain(
      'VIEW view is in force',
    );
    expect(await differences('good', { foreign, features: ['view'], good: `${POSITIVE}VIEW view` })).to.equal(
      '',
    );
  });

  it('says that a model checks nothing', async () => {
    const good = POSITIVE.replace(/INVARIANT.*\n/g, '');
    const found = await inspect('good', { good, goodKeys: { checks: [] } });
    expect([found.checksNothing, found.differences]).to.deep.equal([true, []]);
    expect(found.notes[0]).to.contain('checks nothing');
  });

  it('knows a module of ASSUMEs alone, which needs no behaviour', async () => {
    const module =
      '---- MODULE Clock ----\nEXTENDS Naturals\nCONSTANTS Limit, Guarded\nASSUME Limit > 0\n====\n';
    const good = 'CONSTANTS Limit = 4 Guarded = TRUE';
    const found = await inspect('good', { foreign: true, module, good });
    expect([found.assumeOnly, found.problems]).to.deep.equal([true, []]);
    expect(await problems({ foreign: true, module, good: `${good}\nINVARIANT Limit` })).to.contain(
      'CFG-BEHAVIOUR',
    );
  });
});
