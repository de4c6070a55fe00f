import { expect } from 'chai';
import { buildView } from '../../../src/report/view/build-view.js';
import type { Baseline } from '../../../src/domain/baseline.js';
import type { ReportView } from '../../../src/report/view/report-view.js';
import { findSince } from '../../../src/report/view/since-baseline.js';
import { viewOf } from '../recorded.js';

/** The baseline that says just what a view shows. */
function baselineOf(view: ReportView): Baseline {
  const { modules, claims, models, smoke, functions, head } = view;
  return {
    tools: { jar: head.runs.at(-1)?.tools.find((t) => t.name === 'tlc')?.sha256 ?? '', workbench: '' },
    policy: { fewerStates: 0 },
    modules: modules.map(({ name, path }) => ({
      name,
      path: path ?? '',
      claims: claims
        .filter((c) => c.module === name)
        .map((c) => ({
          name: c.name,
          statement: c.statement,
          rungs: Object.fromEntries(Object.entries(c.rungs).map(([rung, { state }]) => [rung, state])),
        })),
      models: models
        .filter((m) => m.module === name)
        .map((m) => ({
          path: m.id,
          role: m.role,
          result: m.declared?.result ?? 'success',
          distinct: m.runs.find((r) => r.purpose.kind === 'declared' && r.outcome.kind === 'Holds')?.counts
            .distinct,
        })),
    })),
    native: {
      smoke: smoke.map(({ name, claims: own }) => ({ name, claims: own, state: 'passed' })),
      functions: functions.map(({ name, path, claims: own }) => ({ name, path, claims: own })),
    },
  } as unknown as Baseline;
}

const kinds = (view: ReportView, baseline: Baseline): string[] =>
  findSince(view, baseline).map((c) => `${c.severity} ${c.kind} ${c.subject}`);

describe('what changed since the baseline, from records alone', () => {
  let view: ReportView;
  let baseline: Baseline;
  beforeEach(async () => {
    view = await viewOf(['verify']);
    const claim = view.claims[0]?.id ?? '';
    view.functions.push({ name: 'lock', path: 'native/lock.c', line: 3, claims: [claim] });
    baseline = baselineOf(view);
  });

  it('is nothing where the baseline says what the records show', () => {
    expect(view.claims).to.not.have.length(0);
    expect(view.functions).to.not.have.length(0);
    expect(findSince(view, baseline)).to.deep.equal([]);
  });

  it('names what is lost first, then what is new, each with what it was and is', () => {
    const [module] = baseline.modules;
    const [claim] = module?.claims ?? [];
    const [model] = module?.models ?? [];
    if (!module || !claim || !model) throw new Error('the record has a module with a claim and a model');
    module.claims.push({ ...claim, name: 'Gone', statement: 'it was said' });
    module.models.push({ ...model, path: 'gone.cfg', role: 'control' });
    claim.statement = 'something else';
    module.models = module.models.filter((m) => m !== model);
    baseline.native?.smoke.push({ name: 'gone-test', claims: [], state: 'passed', text: '' } as never);
    const id = `${module.name}!`;
    expect(kinds(view, baseline)).to.deep.equal([
      `fails claim-lost ${id}Gone`,
      'fails control-lost gone.cfg',
      ...(view.smoke.length > 0 ? ['fails smoke-lost gone-test'] : []),
      `note claim-statement ${id}${claim.name}`,
      `note model-added ${model.path}`,
    ]);
    expect(findSince(view, baseline)[0]).to.include({ was: 'it was said', is: '' });
  });

  it('a rung that fell or rose is one change a claim; one that was not measured is none', () => {
    const claim = baseline.modules[0]?.claims[0];
    const now = view.claims[0];
    if (!claim || !now) throw new Error('the record has a claim');
    now.rungs.checked = { state: 'failed', because: '' };
    claim.rungs.checked = 'passed';
    now.rungs.live = { state: 'passed', because: '' };
    claim.rungs.live = 'not measured';
    now.rungs.sensitive = { state: 'not measured', because: '' };
    claim.rungs.sensitive = 'passed';
    expect(kinds(view, baseline)).to.deep.equal([`fails rung-lower ${now.id}`]);
    expect(findSince(view, baseline)[0]).to.include({
      was: 'checked passed, live not measured',
      is: 'checked failed, live passed',
    });
    now.rungs.checked = { state: 'passed', because: '' };
    expect(kinds(view, baseline)).to.deep.equal([`note rung-higher ${now.id}`]);
  });

  it('fewer states than the band allows are a loss, a few fewer are none, more are noted', () => {
    const model = baseline.modules.flatMap((m) => m.models).find((m) => m.distinct !== undefined);
    const distinct = model?.distinct ?? 0;
    if (!model || distinct < 2) throw new Error('some model was explored to its end');
    model.distinct = distinct + 1;
    expect(kinds(view, baseline)).to.deep.equal([`fails states-fewer ${model.path}`]);
    baseline.policy.fewerStates = 0.9;
    expect(kinds(view, baseline)).to.deep.equal([]);
    model.distinct = distinct - 1;
    expect(kinds(view, baseline)).to.deep.equal([`note states-more ${model.path}`]);
  });

  it('anchors: a claim that a function lost, one that it got, a function nobody covers', () => {
    const found = baseline.native?.functions.find((f) => f.claims.length > 0);
    if (!found) throw new Error('the record has an anchored function');
    const name = `${found.path}: ${found.name}`;
    const { claims } = found;
    found.claims = [...claims, 'No!Such'];
    expect(kinds(view, baseline)).to.deep.equal([`fails anchor-lost ${name}`]);
    found.claims = [];
    expect(kinds(view, baseline)).to.deep.equal([`note anchor-added ${name}`]);
    found.claims = claims;
    found.name += 'Before';
    const one = view.functions.find((f) => f.path === found.path && `${f.name}Before` === found.name);
    expect(kinds(view, baseline)[0]).to.equal(`fails anchor-lost ${name}Before`);
    if (one) one.claims = [];
    expect(kinds(view, baseline)).to.include(`fails function-unmodelled ${name}`);
  });

  it('the record of a check says nothing of modules that it was not asked for', () => {
    const [first, ...others] = view.modules.map((m) => m.name);
    expect(others).to.not.have.length(0);
    const part = {
      ...view,
      modules: view.modules.filter((m) => m.name === first),
      claims: view.claims.filter((c) => c.module === first),
      models: view.models.filter((m) => m.module === first),
    };
    expect(kinds(part, baseline).join()).to.match(/claim-lost/);
    part.head = { ...view.head, runs: view.head.runs.map((run) => ({ ...run, command: ['check'] })) };
    expect(kinds(part, baseline)).to.deep.equal([]);
  });

  it('changes no verdict: only the gate judges', async () => {
    const loss = {
      kind: 'claim-lost',
      severity: 'fails' as const,
      subject: 'A!B',
      was: 'it',
      is: '',
      mend: '',
    };
    const of = async (judged: boolean): Promise<number> =>
      (await viewOf(['check-locks'], { changes: { base: 'abc', judged, list: [loss] } })).verdict.exitCode;
    expect([await of(false), await of(true)]).to.deep.equal([0, 1]);
    expect(
      buildView([], { changes: { base: 'abc', judged: false, list: [loss] } }).verdict.reasons,
    ).to.deep.equal([]);
  });
});
