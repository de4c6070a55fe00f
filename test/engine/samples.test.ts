import { expect } from 'chai';
import { readProgressMessage } from '../../src/engine/progress.js';
import { makeSampler } from '../../src/engine/samples.js';
import { readFixture } from './captured-runs.js';

describe('the samples of a run', () => {
  it('end in the final counts', () => {
    const sampler = makeSampler();
    sampler.note(250, { generated: 10, distinct: 5, queue: 2 });
    expect(sampler.finish(412, { generated: 20, distinct: 9, queue: 0 })).to.deep.equal([
      { seconds: 0.25, generated: 10, distinct: 5, queue: 2 },
      { seconds: 0.41, generated: 20, distinct: 9, queue: 0 },
    ]);
  });

  it('leave out what repeats, and are empty for a run that told nothing', () => {
    const sampler = makeSampler();
    sampler.note(250, { generated: 10, distinct: 5, queue: 2 });
    sampler.note(500, { generated: 10, distinct: 5, queue: 2 });
    expect(sampler.finish(600, { generated: 10, distinct: 5, queue: 2 })).to.have.length(1);
    expect(makeSampler().finish(600, {})).to.deep.equal([]);
  });

  it('stay few, however long the run, and keep its first and last figures', () => {
    const sampler = makeSampler();
    for (let i = 1; i <= 20_000; i++) sampler.note(i * 250, { generated: i, distinct: i, queue: 1 });
    const samples = sampler.finish(5_000_250, { generated: 20_001, distinct: 20_001, queue: 0 });
    expect(samples.length).to.be.within(50, 121);
    expect(samples[0]?.generated).to.equal(1);
    expect(samples.at(-1)?.generated).to.equal(20_001);
    const times = samples.map((sample) => sample.seconds);
    expect(times).to.deep.equal([...times].sort((a, b) => a - b));
  });
});

describe("TLC's own progress message", () => {
  it('is read from a piece of output, with and without rates, the last one of several', () => {
    expect(readProgressMessage(readFixture('holds.out'))).to.deep.include({ queue: 0 });
    const rates =
      'Progress(21) at 2026-11-23 23:34:20: 1,246 states generated (9,088 s/min), 182 distinct states found (6,724 ds/min), 3 states left on queue.';
    expect(readProgressMessage(`${rates}\n${rates.replace('1,246', '1,250')}\n`)).to.deep.equal({
      depth: 21,
      generated: 1250,
      distinct: 182,
      queue: 3,
    });
  });

  it('that is cut is no figure', () => {
    expect(readProgressMessage('Progress(21) at 2026-11-23 23:34:20: 246 states gen')).to.equal(undefined);
  });
});
