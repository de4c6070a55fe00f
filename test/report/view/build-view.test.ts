import { expect } from 'chai';
import { buildView } from '../../../src/report/view/build-view.js';
import { statesOf } from '../../../src/report/view/behaviours.js';
import { viewFunctions } from '../../../src/report/view/excerpts.js';
import { keepParts } from '../../../src/report/view/parts.js';
import { reportViewSchema } from '../../../src/report/view/report-view.js';
import { readRecord, variant, viewOf, type RecordName } from '../recorded.js';

const NAMES: RecordName[] = ['check-locks', 'check-odd', 'check-one', 'short', 'verify', 'check-edited'];

describe('the report view', () => {
  for (const name of NAMES)
    it(`of the record ${name} is what its schema says, and survives JSON`, async () => {
      const view = await viewOf([name]);
      const read = reportViewSchema.parse(JSON.parse(JSON.stringify(view)));
      expect(JSON.parse(JSON.stringify(read))).to.deep.equal(JSON.parse(JSON.stringify(view)));
    });

  it('leads to the exit code that verify itself ended with, and has its claims in its order', async () => {
    const record = await readRecord('verify');
    const view = await viewOf(['verify']);
    expect(view.verdict.exitCode).to.equal(record.exitCode);
    expect(view.claims.map((c) => c.id)).to.deep.equal(record.claims.map((c) => c.id));
  });

  it('counts each model, run and claim once, whatever it stands at', async () => {
    const { totals } = await viewOf(['check-locks', 'check-odd']);
    expect(totals.models).to.deep.equal({
      total: 4,
      asDeclared: 3,
      notAsDeclared: 1,
      open: 0,
      notMeasured: 0,
    });
    expect(totals.claims.total).to.equal(5);
    expect(totals.rungs.reduce((sum, n) => sum + n, 0)).to.equal(5);
  });

  it('has every reason of a red or incomplete verdict, with a place', async () => {
    const view = await viewOf(['check-odd']);
    const [reason] = view.verdict.reasons;
    expect(reason).to.include({ kind: 'model', standing: 'not as declared', name: 'specs/Odd/odd.cfg' });
    expect(reason?.claims).to.deep.equal(['Odd!NoEscape']);
    expect(reason?.place).to.deep.include({ path: 'specs/Odd/Odd.tla' });
    for (const name of NAMES) {
      const { verdict } = await viewOf([name]);
      expect(verdict.reasons.length > 0, name).to.equal(verdict.exitCode !== 0);
    }
  });

  it('has the place of a violated property in a module that declares no claim', async () => {
    const record = await variant('check-odd', 'without-claims', (one) => {
      one.claims = [];
      for (const module of one.inventory?.modules ?? []) module.claims = [];
      for (const run of one.models) delete run.conjunct;
    });
    const view = buildView([record]);
    const reason = view.verdict.reasons.find((one) => one.message.includes('violates'));
    expect(view.claims).to.deep.equal([]);
    expect(reason?.place?.path).to.equal('specs/Odd/Odd.tla');
  });

  it('keeps a counterexample whole: what changed in each step, and every state by folding', async () => {
    const record = await readRecord('check-odd');
    const view = await viewOf(['check-odd']);
    const run = view.models.flatMap((m) => m.runs).find((r) => r.name === 'specs/Odd/lasso.cfg')!;
    const behaviour = record.models.find((m) => m.model === run.name)!.attempts.at(-1)!.reading.behaviour!;
    expect(statesOf(run.behaviour!)).to.deep.equal(behaviour.states.map((s) => s.variables));
    expect(run.behaviour!.lanes).to.deep.equal(['t1', 't2']);
    expect(run.behaviour!.steps[1]!.values).to.have.all.keys('pc', 'seen', 'text');
    expect(run.behaviour!.endingText).to.match(/^then back to state \d+ by Say, for ever$/);
    expect(run.behaviour!.steps[1]!.place).to.deep.equal({ path: 'specs/Odd/Odd.tla', line: 12, column: 21 });
  });

  it('has the text of a source only where it is the text that ran', async () => {
    const view = await viewOf(['check-locks']);
    expect(view.sources.map((s) => s.path)).to.deep.equal([
      ...['specs/Locks/Locks.tla', 'specs/Locks/good.cfg', 'specs/Locks/no-lock.cfg'],
    ]);
    const edited = await variant('check-locks', 'x', (record) => {
      for (const run of record.models) run.closure[0]!.sha256 = '0'.repeat(64);
    });
    const texts = new Map(view.sources.map((s) => [s.sha256, s.text]));
    expect(buildView([edited], { texts }).sources.map((s) => s.path)).to.not.include('specs/Locks/Locks.tla');
  });

  it('says of each claim where it is defined, and what each model alone supports', async () => {
    const claim = (await viewOf(['verify'])).claims.find((c) => c.id === 'Locks!Exclusion')!;
    expect(claim.place).to.deep.equal({ path: 'specs/Locks/Locks.tla', line: 19 });
    expect(claim.definition).to.match(/^Exclusion == /);
    expect(claim.statements).to.have.length(1);
    expect(claim.statements[0]!.sentence).to.match(/^holds in all 9 reachable states of Locks with /);
  });

  it('a claim below the required rung is a reason where nothing else is', async () => {
    const record = await variant('check-locks', 'x', (r) => {
      r.inventory!.requiredRung = 3;
      r.inventory!.modules = r.inventory!.modules.filter((m) => m.name === 'Locks');
    });
    const { verdict } = buildView([record]);
    expect(verdict.exitCode).to.equal(1);
    expect(verdict.reasons[0]).to.include({ kind: 'claim', message: 'stands on rung 1, and 3 is required' });
  });

  it('a loss since the baseline that nobody accepted is a reason, and an accepted one is not', async () => {
    const loss = {
      ...{ kind: 'control-lost', severity: 'fails' as const, subject: 'specs/Locks/gone.cfg' },
      ...{ place: { path: 'specs/Locks/manifest.json', line: 3 }, was: 'a control', is: 'nothing', mend: '' },
    };
    const red = await viewOf(['check-locks'], { changes: { base: 'abc', judged: true, list: [loss] } });
    expect(red.verdict).to.include({ state: 'not as declared', exitCode: 1 });
    expect(red.verdict.reasons[0]).to.deep.include({ kind: 'change', place: loss.place });
    const accepted = { ...loss, accepted: 'it moved' };
    const green = await viewOf(['check-locks'], { changes: { base: 'abc', judged: true, list: [accepted] } });
    expect(green.verdict.exitCode).to.equal(0);
  });

  it('a record can be used for some of its modules: the rest of it then says nothing', async () => {
    const whole = await readRecord('verify');
    const part = keepParts(whole, new Set(['specs/Locks/Locks.tla']), false);
    const view = buildView([part]);
    expect(view.models.map((m) => m.id)).to.deep.equal(['specs/Locks/good.cfg', 'specs/Locks/no-lock.cfg']);
    expect(view.claims.map((c) => c.module)).to.deep.equal(['Locks', 'Locks', 'Locks']);
    const other = keepParts(await readRecord('check-edited'), new Set(['specs/Odd/Odd.tla']), false);
    expect(buildView([part, other]).conflicts, 'what is not used contradicts nothing').to.deep.equal([]);
  });

  it('shows a function with the comment above it, up to the end of its body', () => {
    const lines = [
      'int x;',
      '',
      '// @claim M!C',
      '// locks',
      'void lock(int a) {',
      '  if (a) {',
      '  }',
      '}',
      'void other() {}',
    ];
    const text = lines.join('\n');
    const anchors = {
      functions: [
        { name: 'lock', path: 'a.cpp', line: 5, claims: ['M!C'] },
        { name: 'other', path: 'a.cpp', line: 9, claims: [] },
      ],
      ...{ faults: [], sources: [{ path: 'a.cpp', sha256: 'hash' }] },
    };
    const excerpts = viewFunctions(anchors, new Map([['hash', text]])).map((f) => f.excerpt);
    expect(excerpts).to.deep.equal([
      { first: 3, lines: lines.slice(2, 8) },
      { first: 9, lines: ['void other() {}'] },
    ]);
    const python = ['# @claim M!C', 'def go(a,', '       b):', '    x = 1', '', '    return x', 'y = 2'];
    const py = { ...anchors, functions: [{ name: 'go', path: 'a.cpp', line: 2, claims: ['M!C'] }] };
    expect(viewFunctions(py, new Map([['hash', python.join('\n')]]))[0]!.excerpt).to.deep.equal({
      first: 1,
      lines: python.slice(0, 6),
    });
    expect(viewFunctions(anchors, new Map([['another', text]]))[0]).to.not.have.property('excerpt');
  });
});
