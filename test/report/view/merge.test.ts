import { expect } from 'chai';
import { buildView } from '../../../src/report/view/build-view.js';
import type { ReportView } from '../../../src/report/view/report-view.js';
import { readRecord, variant, viewOf } from '../recorded.js';

const claim = (view: ReportView, id: string) => view.claims.find((c) => c.id === id)!;
const OTHER = '20300101T000000Z-00000000';

describe('merging records of several machines', () => {
  it('two shards have the claims of both, rated from the runs of both', async () => {
    const view = await viewOf(['check-locks', 'check-odd']);
    expect(view.claims.map((c) => c.id)).to.deep.equal([
      ...['Locks!TypeOK', 'Locks!Exclusion', 'Locks!Progress'],
      ...['Odd!NoEscape', 'Odd!Quiet'],
    ]);
    expect(claim(view, 'Locks!Exclusion')).to.include({ standing: 'as declared', rung: 1, outcome: 'holds' });
    expect(claim(view, 'Locks!Exclusion').controls).to.deep.equal(['specs/Locks/no-lock.cfg']);
    expect(claim(view, 'Odd!NoEscape')).to.include({ standing: 'not as declared', rung: 0 });
    expect(view.conflicts).to.deep.equal([]);
    expect(view.verdict).to.include({ state: 'not as declared', exitCode: 1 });
  });

  it('the same in either order', async () => {
    const [a, b] = [await viewOf(['check-locks', 'check-odd']), await viewOf(['check-odd', 'check-locks'])];
    expect(a).to.deep.equal(b);
  });

  it('a model that no shard ran leaves its claims not measured, never passed', async () => {
    const view = await viewOf(['check-locks']);
    expect(claim(view, 'Odd!NoEscape')).to.include({
      standing: 'not measured',
      rung: 0,
      outcome: 'not shown',
    });
    expect(claim(view, 'Odd!NoEscape').rungs.checked.because).to.contain('specs/Odd/odd.cfg: was not run');
    expect(view.models.find((m) => m.id === 'specs/Odd/odd.cfg')?.standing).to.equal('not measured');
    expect(view.notMeasured).to.deep.include({
      what: 'models of Odd',
      why: 'none of these runs was asked for them',
      count: 2,
    });
    expect(view.verdict.headline).to.equal(
      'everything that ran is as declared; 2 declared models were not run here',
    );
  });

  it("a claim is not checked while one of its positive models is only in another shard's record", async () => {
    expect(claim(await viewOf(['check-one']), 'Locks!Exclusion').rungs.checked.state).to.equal(
      'not measured',
    );
    expect(claim(await viewOf(['check-one', 'check-locks']), 'Locks!Exclusion').rungs.checked.state).to.equal(
      'passed',
    );
  });

  it('one model with two outcomes is a conflict that names both records, and red', async () => {
    const other = await variant('check-locks', OTHER, (record) => {
      const run = record.models.find((m) => m.model === 'specs/Locks/good.cfg')!;
      run.outcome = { kind: 'Violated', property: 'TypeOK', of: 'invariant' };
      run.verdict = {
        asDeclared: false,
        incomplete: false,
        reason: 'declared: success; shown: violates TypeOK',
      };
    });
    const first = await readRecord('check-locks');
    for (const records of [
      [first, other],
      [other, first],
    ]) {
      const view = buildView(records);
      expect(view.conflicts).to.have.length(1);
      expect(view.conflicts[0]).to.deep.include({ kind: 'outcome', subject: 'specs/Locks/good.cfg' });
      expect(view.conflicts[0]!.records).to.have.members([first.id, OTHER]);
      expect(view.verdict.exitCode).to.equal(1);
      expect(view.verdict.reasons.map((r) => r.kind)).to.include('conflict');
      expect(claim(view, 'Locks!TypeOK').standing, 'the worse result is kept').to.equal('not as declared');
    }
  });

  it('two explorations of one model with different numbers of states contradict each other', async () => {
    const other = await variant('check-locks', OTHER, (record) => {
      record.models[0]!.attempts[0]!.reading.counts.distinct = 12;
    });
    const view = buildView([await readRecord('check-locks'), other]);
    expect(view.conflicts.map((c) => c.message).join()).to.match(
      /9 reachable states.*\|.*12 reachable states/,
    );
  });

  it('a run that did not end contradicts nothing, and gives way to one that did', async () => {
    const view = await viewOf(['short', 'check-locks']);
    expect(view.conflicts).to.deep.equal([]);
    expect(view.verdict.state).to.equal('as declared');
    expect((await viewOf(['short'])).verdict).to.include({ state: 'incomplete', exitCode: 4 });
  });

  it('evidence from different sources under one path is never mixed in silence', async () => {
    const view = await viewOf(['check-locks', 'check-edited']);
    const [conflict] = view.conflicts;
    expect(conflict).to.include({ kind: 'sources', subject: 'specs/Locks/Locks.tla' });
    expect(conflict?.message).to.match(/^\S+: sha256 [0-9a-f]{8} \| \S+: sha256 [0-9a-f]{8}$/);
    expect(view.verdict).to.include({ state: 'not as declared', exitCode: 1 });
  });

  it('another jar or another manifest is a conflict too', async () => {
    const other = await variant('check-odd', OTHER, (record) => {
      for (const tool of record.tools) if (tool.name === 'tlc') tool.sha256 = 'f'.repeat(64);
      record.inventory!.modules[0]!.claims[0]!.statement = 'something else';
    });
    const view = buildView([await readRecord('check-locks'), other]);
    expect(view.conflicts.map((c) => c.kind)).to.deep.equal(['manifest', 'engine']);
    expect(view.verdict.exitCode).to.equal(1);
  });

  it('the same record twice is one record', async () => {
    expect(await viewOf(['check-locks', 'check-locks'])).to.deep.equal(await viewOf(['check-locks']));
  });

  it('two records of one id that differ are a conflict: one of them is not what it says', async () => {
    const first = await readRecord('check-locks');
    const twin = await variant('check-locks', first.id, (record) => {
      record.hash = '0'.repeat(64);
    });
    const view = buildView([first, twin]);
    expect(view.conflicts.map((c) => c.subject)).to.deep.equal([`run ${first.id}`]);
    expect(view.verdict.exitCode).to.equal(1);
  });

  it('a record that could not be read is a reason, and what is left is no pass', async () => {
    const unread = [{ id: 'x', code: 'RECORD-DAMAGED', message: 'runs/x: cut', hint: 'run again' }];
    const view = await viewOf(['check-locks'], { unread });
    expect(view.verdict).to.include({ state: 'incomplete', exitCode: 4 });
    expect(view.verdict.reasons).to.have.length(1);
    expect(view.verdict.reasons[0]).to.include({ kind: 'record', standing: 'open', name: 'x' });
  });

  it('a record of an older workbench keeps the claims as it rated them, and the report says so', async () => {
    const old = await variant('verify', OTHER, (record) => {
      delete record.inventory;
    });
    const view = buildView([old]);
    expect(view.claims.map((c) => [c.id, c.rung])).to.deep.equal(old.claims.map((c) => [c.id, c.rung]));
    expect(view.notMeasured.find((n) => n.what === `run ${OTHER}`)?.why).to.contain('older workbench');
  });

  it('a record of init is none of an older workbench', async () => {
    const first = await variant('verify', OTHER, (record) => {
      delete record.inventory;
      record.command = ['init', '--timeout', '20'];
      record.claims = [];
    });
    const why = buildView([first]).notMeasured.find((n) => n.what === `run ${OTHER}`)?.why;
    expect(why).to.equal('of init, which runs what nobody has declared yet');
  });

  it('smoke tests and builds: what ran outweighs what did not, and two results are a conflict', async () => {
    const withSmoke = (id: string, state: 'passed' | 'failed' | 'not run') =>
      variant('check-locks', id, (record) => {
        const claims = ['Locks!Exclusion'];
        record.smoke = [{ name: 'held', claims, what: 'x', state, reason: state, attempts: [] }];
        record.builds = [
          {
            ...{ preset: 'linux', state: state === 'not run' ? 'not run' : 'built', reason: '', command: [] },
            ...{ milliseconds: 0, artefacts: [], sources: [], log: '' },
          },
        ];
      });
    const [passed, failed, open] = [
      await withSmoke('a', 'passed'),
      await withSmoke('b', 'failed'),
      await withSmoke('c', 'not run'),
    ];
    const calm = buildView([passed, open]);
    expect(calm.smoke.map((s) => s.standing)).to.deep.equal(['as declared']);
    expect(calm.builds.map((b) => b.standing)).to.deep.equal(['as declared']);
    expect(calm.conflicts).to.deep.equal([]);
    const torn = buildView([failed, passed, open]);
    expect(torn.smoke.map((s) => s.standing)).to.deep.equal(['not as declared']);
    expect(torn.conflicts.map((c) => c.subject)).to.deep.equal(['smoke test held']);
    expect(buildView([open]).verdict.exitCode).to.equal(4);
  });

  it('anchors of one machine carry the claims of models that ran on another', async () => {
    const native = await variant('check-odd', OTHER, (record) => {
      record.anchors = {
        functions: [
          { name: 'lock', path: 'native/lock.cpp', line: 3, claims: ['Locks!Exclusion'] },
          { name: 'helper', path: 'native/lock.cpp', line: 9, claims: [], unmodelled: 'prints only' },
        ],
        ...{ faults: [], sources: [{ path: 'native/lock.cpp', sha256: 'f'.repeat(64) }] },
      };
    });
    const view = buildView([await readRecord('check-locks'), native]);
    expect(claim(view, 'Locks!Exclusion').rungs.anchored.state).to.equal('passed');
    expect(claim(view, 'Locks!Progress').rungs.anchored.state).to.equal('failed');
    expect(view.totals.functions).to.deep.equal({ anchored: 1, unmodelled: 1 });
    expect(view.functions[0]).to.not.have.property('excerpt');
  });
});
