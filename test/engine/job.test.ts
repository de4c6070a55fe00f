import { expect } from 'chai';
import { inputsHash } from '../../src/engine/job.js';
import type { EngineJob } from '../../src/engine/run-model.js';

const job: EngineJob = {
  rootModule: 'M',
  closure: ['/x/M.tla'],
  generated: [],
  configText: '',
  profile: 'tiny',
  workers: 1,
  heapMb: 256,
  timeoutSeconds: 10,
  coverage: false,
  graph: false,
  seed: 1,
  fingerprint: 0,
  assumeOnly: false,
  enabledProperties: [],
  log: { file: '/x/run.log', name: 'run.log' },
};
const closure = [
  { path: 'specs/M.tla', sha256: 'a' },
  { path: 'specs/N.tla', sha256: 'b' },
];
const base = inputsHash(closure, 'cfg', 'jar', job);

describe('the hash of what a result depends on', () => {
  const changes: [string, string][] = [
    ['the root module', inputsHash([{ path: 'specs/M.tla', sha256: 'c' }, closure[1]!], 'cfg', 'jar', job)],
    [
      'a module it extends',
      inputsHash([closure[0]!, { path: 'specs/N.tla', sha256: 'c' }], 'cfg', 'jar', job),
    ],
    ['a module more', inputsHash([...closure, { path: 'specs/O.tla', sha256: 'b' }], 'cfg', 'jar', job)],
    [
      'two files that change places',
      inputsHash(
        [
          { path: 'specs/M.tla', sha256: 'b' },
          { path: 'specs/N.tla', sha256: 'a' },
        ],
        'cfg',
        'jar',
        job,
      ),
    ],
    ['the configuration', inputsHash(closure, 'cfg2', 'jar', job)],
    ['the jar', inputsHash(closure, 'cfg', 'jar2', job)],
    ['the seed', inputsHash(closure, 'cfg', 'jar', { ...job, seed: 2 })],
    ['the fingerprint polynomial', inputsHash(closure, 'cfg', 'jar', { ...job, fingerprint: 1 })],
    ['the number of sampled behaviours', inputsHash(closure, 'cfg', 'jar', { ...job, simulate: 5 })],
    ['the module TLC starts with', inputsHash(closure, 'cfg', 'jar', { ...job, rootModule: 'N' })],
  ];
  for (const [what, hash] of changes)
    it(`changes with ${what}`, () => {
      expect(hash).to.not.equal(base);
    });

  it('is another one for each of them', () => {
    expect(new Set(changes.map(([, hash]) => hash)).size).to.equal(changes.length);
  });

  it('stays where only the order, the folder, the deadline or the memory changes', () => {
    const moved = closure.map((c) => ({ ...c, path: `elsewhere/${c.path}` })).reverse();
    const other = { ...job, timeoutSeconds: 99, heapMb: 4096, log: { file: 'y', name: 'y' } };
    expect(inputsHash(moved, 'cfg', 'jar', other)).to.equal(base);
  });
});
