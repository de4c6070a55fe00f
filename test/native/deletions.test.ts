/**
 * Every protective step of the native code matters: with it deleted, a smoke test fails and names the claim. `npm test`
 * tries one step for each spec, `npm run test:sweeps` all.
 */
import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SmokeResult } from '../../src/domain/smoke.js';
import { makeTempFolder, removeTempFolder } from '../../src/host/temp-folders.js';
import { presetsOf, readSmokeTests } from '../../src/native/smoke-file.js';
import { chooseForSweep } from '../sweep.js';
import {
  deleteStep,
  openLane,
  readDeletions,
  runLane,
  tryDeletion,
  type Deletion,
  type Trial,
} from './deletion-lab.js';

const repository = join(import.meta.dirname, '..', '..');
const declared = readDeletions(repository);
const deletions = chooseForSweep(declared, ({ noticedBy }) => noticedBy.map((id) => id.split('!')[0] ?? id));

describe('the protective steps of the native code', () => {
  it('are each found exactly once, and name tests that exist', async () => {
    const known = new Set((await readSmokeTests(repository, 'native/smoke/tests')).map((test) => test.name));
    for (const deletion of declared) {
      const text = await readFile(join(repository, deletion.file), 'utf8');
      expect(() => deleteStep(text, deletion), deletion.step).to.not.throw();
      expect(deletion.tests.filter((name) => !known.has(name))).to.deep.equal([]);
    }
  });

  it('that nothing matches are found out', () => {
    const [first] = declared;
    if (first === undefined) throw new Error('no deletions');
    expect(() => deleteStep('', first)).to.throw('not exactly once');
  });
});

describe('deleting a protective step from the native code', function () {
  // All of them take 6 min on two calm cores.
  this.timeout(2_400_000);
  const baseline: SmokeResult[] = [];
  const trials = new Map<Deletion, Trial | Error>();
  let folder: string;

  before(async () => {
    folder = await makeTempFolder();
    const tests = await readSmokeTests(repository, 'native/smoke/tests');
    const presets = presetsOf(tests);
    const lanes = await Promise.all(presets.map((preset) => openLane(repository, folder, preset, tests)));
    const named = [...new Set(deletions.flatMap((deletion) => deletion.tests))];
    await Promise.all(
      lanes.map(async (lane, place) => {
        baseline.push(...(await runLane(lane, named)));
        // Each deletion is tried in the first lane that has a test for it.
        for (const deletion of deletions) {
          const home = lanes.findIndex((l) => l.tests.some((test) => deletion.tests.includes(test.name)));
          if (home === place) trials.set(deletion, await tryDeletion(lane, deletion).catch(asError));
        }
      }),
    );
    // What the first lane did not notice, a later one may: sanitizers see more.
    for (const deletion of deletions) {
      for (const lane of lanes) {
        const trial = trials.get(deletion);
        if (trial === undefined || trial instanceof Error || trial.noticed.length > 0) break;
        const further = await tryDeletion(lane, deletion).catch(asError);
        trials.set(
          deletion,
          further instanceof Error
            ? further
            : { noticed: further.noticed, seen: [...trial.seen, ...further.seen] },
        );
      }
    }
  });
  after(() => removeTempFolder(folder));

  it('starts from sources whose tests all pass', () => {
    expect(baseline.filter((r) => r.state !== 'passed').map((r) => `${r.name}: ${r.reason}`)).to.deep.equal(
      [],
    );
  });

  for (const deletion of deletions) {
    it(`without "${deletion.step}" a test of ${deletion.noticedBy.join(' or ')} fails`, () => {
      const trial = trials.get(deletion);
      if (trial === undefined || trial instanceof Error) throw trial ?? new Error('was not tried');
      expect(trial.noticed.length, trial.seen.join('\n')).to.be.greaterThan(0);
    });
  }
});

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
