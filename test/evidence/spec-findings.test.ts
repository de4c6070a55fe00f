import { expect } from 'chai';
import type { ModelRun } from '../../src/domain/run-record.js';
import { findInSpec } from '../../src/evidence/spec-findings.js';

const coverage = [{ name: 'Drop', distinct: 0, total: 0, initial: false }];
const runOf = (role: string, kind: string): ModelRun =>
  ({
    ...{ model: `${role}.cfg`, role, purpose: { kind: 'declared' }, outcome: { kind } },
    attempts: [{ reading: { outcome: { kind }, coverage } }],
  }) as unknown as ModelRun;
const find = (...runs: ModelRun[]): string[] | undefined =>
  findInSpec({
    ...{ module: 'X', outlines: [], claims: [], models: [], runs, doubled: [], probes: [], accepted: [] },
    placeOfAcceptance: () => ({ path: 'manifest.json', line: 1 }),
  })?.map((f) => `${f.finding} ${f.name}`);

describe('findings of a module', () => {
  it('an action that was counted nowhere never fires, also beside a control that ends early', () => {
    expect(find(runOf('positive', 'Holds'), runOf('control', 'Violated'))).to.deep.equal([
      'action-never-fires Drop',
    ]);
  });

  it('no action is said never to fire where a positive model ended before TLC had seen all its steps', () => {
    for (const kind of ['Violated', 'Deadlock'])
      expect(find(runOf('positive', kind)), kind).to.deep.equal([]);
    expect(find(runOf('positive', 'Timeout'))).to.equal(undefined);
  });

  it('an acceptance without finding names its line, and concerns no claim but the one it names', () => {
    const found = findInSpec({
      ...{ module: 'X', outlines: [], claims: ['Safe', 'Other'], models: [], doubled: [], probes: [] },
      runs: [runOf('control', 'Violated')],
      accepted: [
        { finding: 'implied-by-type', name: 'Safe', reason: 'r' },
        { finding: 'action-never-fires', name: 'Jump', reason: 'r' },
      ],
      placeOfAcceptance: ({ name }) => ({ path: 'manifest.json', line: name.length }),
    });
    expect(
      found
        ?.filter((f) => f.finding === 'acceptance-without-finding')
        .map(({ finding, name, claims, place }) => [finding, name, claims, place.line]),
    ).to.deep.equal([
      ['acceptance-without-finding', 'Safe', ['Safe'], 4],
      ['acceptance-without-finding', 'Jump', [], 4],
    ]);
  });
});
