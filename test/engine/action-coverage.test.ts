import { expect } from 'chai';
import { readActionCoverage } from '../../src/engine/action-coverage.js';
import { readFrames } from '../../src/engine/message-stream.js';
import { readCaptured, readFixture } from './captured-runs.js';

describe('action coverage', () => {
  it('tells for each action how often it was taken and how many new states it found', () => {
    const coverage = readCaptured('coverage').coverage;
    expect(
      coverage.map(({ name, distinct, total, initial }) => [name, distinct, total, initial]),
    ).to.deep.equal([
      ['Init', 1, 1, true],
      ['Inc', 6, 6, false],
      ['Reset', 1, 2, false],
      ['Never', 0, 0, false],
      ['Same', 0, 8, false],
    ]);
    expect(coverage[3]?.span).to.deep.equal({
      module: 'Counter',
      line: 9,
      column: 1,
      endLine: 9,
      endColumn: 5,
    });
  });

  it('is that of the last report where TLC prints several', () => {
    const log = readFixture('coverage.out');
    const messages = readFrames(log.replace('Never line 9', 'Old line 9') + log).flatMap((frame) =>
      frame.kind === 'message' ? [frame] : [],
    );
    const names = readActionCoverage(messages).map((action) => action.name);
    expect(names).to.deep.equal(['Init', 'Inc', 'Reset', 'Never', 'Same']);
  });

  it('is empty without -coverage', () => {
    expect(readCaptured('holds').coverage).to.deep.equal([]);
  });
});
