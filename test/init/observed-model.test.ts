import { expect } from 'chai';
import { manifestModelSchema, type ManifestModel } from '../../src/domain/manifest.js';
import type { Counts, Outcome } from '../../src/domain/outcome.js';
import { observeModel } from '../../src/init/observed-model.js';
import { parseConfig } from '../../src/source/config-file.js';

const CFG = 'SPECIFICATION Spec\nINVARIANT Inv\n';

function observe(
  outcome: Outcome,
  more: { cfg?: string; counts?: Counts; seconds?: number } = {},
): ManifestModel {
  const { cfg = CFG, counts = { distinct: 3, generated: 4, depth: 2 }, seconds = 0.4 } = more;
  const entry = observeModel(
    'A.cfg',
    parseConfig(cfg, 'A.cfg'),
    { reading: { outcome, counts, coverage: [], messages: [], printed: [] }, milliseconds: seconds * 1000 },
    { day: '2026-11-23' },
  );
  return manifestModelSchema.parse(entry);
}

const violated = (of: 'invariant' | 'action property' | 'temporal property', property?: string): Outcome => ({
  kind: 'Violated',
  of,
  ...(property === undefined ? {} : { property }),
});

describe('the entry of an observed model', () => {
  it('has what was seen, pinned counts, what was enabled, and says that it is to be confirmed', () => {
    expect(observe({ kind: 'Holds' })).to.deep.equal({
      path: 'A.cfg',
      runtime: '00:00:01',
      mode: 'exhaustive search',
      result: 'success',
      distinctStates: 3,
      totalStates: 4,
      stateDepth: 2,
      workbench: {
        checks: ['Inv'],
        observed: '2026-11-23, to be confirmed: holds in all 3 reachable states',
      },
    });
  });

  it('pins no depth of a run that may have several workers next time, and no counts of a failure', () => {
    const long = observe({ kind: 'Holds' }, { seconds: 3700.2 });
    expect([long.runtime, long.distinctStates, long.stateDepth]).to.deep.equal(['01:01:41', 3, undefined]);
    expect(observe(violated('invariant', 'Inv')).distinctStates).to.equal(undefined);
  });

  const live = 'SPECIFICATION Spec\nPROPERTY Live\n';
  const two = 'SPECIFICATION Spec\nPROPERTIES Live Fair\n';
  const none = 'SPECIFICATION Spec\n';
  for (const [what, outcome, cfg, result, violates] of [
    ['an invariant', violated('invariant', 'Inv'), CFG, 'safety failure', 'Inv'],
    ['an action property', violated('action property', 'Live'), live, 'safety failure', 'Live'],
    ['the only temporal property', violated('temporal property'), live, 'liveness failure', 'Live'],
    ['one of two temporal properties', violated('temporal property'), two, 'liveness failure', undefined],
    ['a deadlock alone', { kind: 'Deadlock' }, none, 'deadlock failure', 'Deadlock'],
    ['a deadlock with an invariant', { kind: 'Deadlock' }, CFG, 'deadlock failure', undefined],
    ['a false ASSUME', { kind: 'AssumptionFalse', message: 'x' }, none, 'assumption failure', undefined],
    ['an evaluation that failed', { kind: 'EvaluationError', message: 'x' }, CFG, 'unknown', undefined],
    ['memory that ran out', { kind: 'OutOfMemory', message: 'x' }, CFG, 'unknown', undefined],
    ['a crash', { kind: 'Crashed', message: 'x' }, CFG, 'unknown', undefined],
    ['a run that was cut', { kind: 'Incomplete', message: 'x' }, CFG, 'unknown', undefined],
  ] as const) {
    it(`writes ${what} as ${result}, never as a success`, () => {
      const entry = observe(outcome, { cfg });
      expect([entry.result, entry.workbench?.violates]).to.deep.equal([result, violates]);
      expect(entry.workbench?.observed).to.match(/^2026-11-23, to be confirmed: /);
    });
  }

  it('writes a model that did not end as unknown, with the deadline that the next run keeps to', () => {
    const entry = observe({ kind: 'Timeout', seconds: 5 }, { counts: { distinct: 7, queue: 2 } });
    expect([entry.result, entry.workbench?.timeoutSeconds]).to.deep.equal(['unknown', 5]);
    expect(entry.workbench?.observed).to.contain('stopped at the deadline of 5 s with 2 states left');
  });

  it('names features in the words of the Examples, VIEW among them', () => {
    const cfg = `${CFG}PROPERTY Live\nVIEW v\nSYMMETRY s\nCONSTRAINT c\nACTION_CONSTRAINT a\nCHECK_DEADLOCK FALSE\n`;
    expect(observe({ kind: 'Holds' }, { cfg }).features).to.deep.equal([
      ...['action constraint', 'ignore deadlock', 'liveness', 'state constraint', 'symmetry', 'view'],
    ]);
  });

  it('a model that was not run is unknown, and says why', () => {
    const config = parseConfig(CFG, 'A.cfg');
    const entry = observeModel('A.cfg', config, { notRun: 'no time' }, { day: '2026-11-23', note: 'n' });
    expect([entry.result, entry.runtime, entry.workbench?.note]).to.deep.equal(['unknown', undefined, 'n']);
    expect(entry.workbench?.observed).to.equal('2026-11-23, to be confirmed: not run: no time');
  });
});
