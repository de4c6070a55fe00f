import { expect } from 'chai';
import type { Config } from '../../src/domain/config.js';
import type { ClaimEntry } from '../../src/domain/manifest.js';
import type { Model } from '../../src/domain/model.js';
import { configWith, planRuns } from '../../src/engine/plan.js';

const config: Config = {
  specification: { name: 'Spec', line: 1 },
  constants: [],
  invariants: [{ name: 'A', line: 2 }],
  properties: [],
  symmetry: [{ name: 'Symm', line: 3 }],
  view: [],
  constraints: [],
  actionConstraints: [],
};
const claims: Record<string, ClaimEntry> = {
  A: { statement: 'a', kind: 'invariant' },
  B: { statement: 'b', kind: 'invariant' },
  C: { statement: 'c', kind: 'invariant' },
  L: { statement: 'l', kind: 'property' },
};
const model = (role: Model['role'], violates?: string, alsoViolates?: string[]): Model => ({
  id: 'specs/X/x.cfg',
  module: 'X',
  moduleFile: 'X.tla',
  closure: [],
  config,
  configText: '',
  mode: 'exhaustive search',
  role,
  declared: {
    path: 'specs/X/x.cfg',
    result: 'safety failure',
    workbench: { ...(violates ? { violates } : {}), ...(alsoViolates ? { alsoViolates } : {}) },
  },
});
const names = (c: Config): string[] => [...c.invariants, ...c.properties].map((p) => p.name);

describe('the runs of a model', () => {
  it('a positive model runs once, with its own file', () => {
    const runs = planRuns(model('positive'), claims);
    expect(runs).to.have.length(1);
    expect(runs[0]?.derived).to.equal(false);
  });

  it("every member of a control's full set runs alone, and every other claim must hold", () => {
    const runs = planRuns(model('control', 'A', ['B']), claims).map((r) => [r.purpose.kind, names(r.config)]);
    expect(runs).to.deep.equal([
      ['declared', ['A']],
      ['full set', ['B']],
      ['the rest', ['C']],
      ['the rest', ['L']],
    ]);
  });

  it('a control with an empty rest of its set still checks that every other claim holds', () => {
    const runs = planRuns(model('control', 'A', []), claims);
    expect(runs.filter((r) => r.purpose.kind === 'the rest')).to.have.length(2);
  });

  it('a control whose set is not pinned runs as declared only', () => {
    expect(planRuns(model('control', 'A'), claims)).to.have.length(1);
  });

  it("the deadlock check is off in the rest where a deadlock belongs to the set, or the model's own file has it off", () => {
    const rest = (set: string[], own = config): Config | undefined =>
      planRuns({ ...model('control', 'A', set), config: own }, claims).find(
        (r) => r.purpose.kind === 'the rest',
      )?.config;
    expect(rest([])?.checkDeadlock).to.equal(undefined);
    expect(rest(['Deadlock'])?.checkDeadlock?.value).to.equal(false);
    expect(rest([], { ...config, checkDeadlock: { value: false, line: 9 } })?.checkDeadlock?.value).to.equal(
      false,
    );
    expect(rest([], { ...config, checkDeadlock: { value: true, line: 9 } })?.checkDeadlock).to.equal(
      undefined,
    );
  });

  it('a claim that must be violated is looked for past a deadlock; a deadlock that must be there is looked for', () => {
    const alone = planRuns(model('control', 'A', ['B', 'Deadlock']), claims).filter(
      (r) => r.purpose.kind === 'full set',
    );
    expect(alone.map((r) => [names(r.config), r.config.checkDeadlock?.value])).to.deep.equal([
      [['B'], false],
      [[], undefined],
    ]);
  });

  it('symmetry is dropped where a temporal property is checked, since TLC is unsound there', () => {
    const all = { invariants: ['A'], deadlock: true };
    expect(configWith(config, { ...all, properties: [] }).symmetry).to.have.length(1);
    expect(configWith(config, { ...all, properties: ['L'] }).symmetry).to.have.length(0);
  });
});
