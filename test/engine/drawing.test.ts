import { expect } from 'chai';
import type { Attempt } from '../../src/domain/run-record.js';
import { drawingOf, isPictureOf } from '../../src/engine/drawing.js';
import type { EngineJob } from '../../src/engine/run-model.js';

const job: EngineJob = {
  rootModule: 'Counter',
  closure: [],
  generated: [],
  configText: '',
  profile: 'tiny',
  workers: 1,
  heapMb: 256,
  timeoutSeconds: 60,
  coverage: true,
  seed: 1,
  fingerprint: 0,
  assumeOnly: false,
  enabledProperties: [],
  log: { file: '/runs/r/logs/0001-Counter.log', name: 'logs/0001-Counter.log' },
  graph: false,
};
const ended = (kind: string, distinct?: number): Attempt =>
  ({ reading: { outcome: { kind }, counts: distinct === undefined ? {} : { distinct } } }) as Attempt;

describe('the run that draws a small model', () => {
  it('is the same run with its graph kept, in a log of its own', () => {
    expect(drawingOf(job, ended('Violated', 200))).to.deep.equal({
      ...job,
      graph: true,
      coverage: false,
      log: { file: '/runs/r/logs/0001-Counter-drawn.log', name: 'logs/0001-Counter-drawn.log' },
    });
  });

  it('is not made of what is too large, not known, not ended, sampled, or drawn already', () => {
    for (const [asked, attempt] of [
      [job, ended('Holds', 201)],
      [job, ended('Holds')],
      [job, ended('Holds', 0)],
      [job, ended('Timeout', 9)],
      [{ ...job, graph: true }, ended('Holds', 9)],
      [{ ...job, simulate: 9 }, ended('Holds', 9)],
      [{ ...job, assumeOnly: true }, ended('Holds', 9)],
    ] as const)
      expect(drawingOf(asked, attempt)).to.equal(undefined);
  });

  it('is a picture of the first run only where it saw as many states and came to the same end', () => {
    expect(isPictureOf(ended('Holds', 9), ended('Holds', 9))).to.equal(true);
    expect(isPictureOf(ended('Holds', 8), ended('Holds', 9))).to.equal(false);
    expect(isPictureOf(ended('Violated', 9), ended('Holds', 9))).to.equal(false);
  });
});
