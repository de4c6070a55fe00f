import { expect } from 'chai';
import fc from 'fast-check';
import { createFrameReader, flattenFrame, readFrames, type Frame } from '../../src/engine/message-stream.js';
import { CAPTURED, readFixture } from './captured-runs.js';

function codes(frames: Frame[]): (number | string)[] {
  return frames.map((frame) => (frame.kind === 'text' ? frame.text : frame.code));
}

describe('TLC message stream', () => {
  it('gives frames and unframed lines in the order of the log', () => {
    expect(codes(readFrames(readFixture('holds.out'))).slice(3, 9)).to.deep.equal([
      2220,
      'Parsing file /scratch/Counter.tla',
      'Parsing file /scratch/jvm/Naturals.tla',
      'Semantic processing of module Naturals',
      'Semantic processing of module Counter',
      2219,
    ]);
  });

  it('opens a nested frame that starts in the middle of a line', () => {
    const frame = readFrames(readFixture('missing-cfg.out')).find(
      (f) => f.kind === 'message' && f.code === 1000,
    );
    if (frame?.kind !== 'message') throw new Error('no 1000');
    expect(flattenFrame(frame).map((f) => [f.code, f.severity, f.complete])).to.deep.equal([
      [1000, 'error', true],
      [5001, 'info', true],
    ]);
    expect(frame.nested[0]?.text).to.match(/^TLC encountered .* nowhere\.cfg:\nFile not found\.\n$/);
    expect(frame.text).to.include('ConfigFileException\n: TLC encountered');
  });

  it('keeps printed text between frames', () => {
    const frames = codes(readFrames(readFixture('values.out')));
    expect(frames).to.include('"plain text"  TRUE').and.to.include(2217);
  });

  it('marks a frame as incomplete where the log ends inside of it', () => {
    const [frame] = readFrames('@!@!@STARTMSG 2110:1 @!@!@\nInvariant Sm');
    expect(frame).to.deep.include({ kind: 'message', code: 2110, text: 'Invariant Sm\n', complete: false });
  });

  it('marks inner frames as incomplete when only the outer one is closed', () => {
    const [frame] = readFrames(
      '@!@!@STARTMSG 1000:1 @!@!@\n: @!@!@STARTMSG 5001:0 @!@!@\nx\n@!@!@ENDMSG 1000 @!@!@\n',
    );
    if (frame?.kind !== 'message') throw new Error('no frame');
    expect(flattenFrame(frame).map((f) => f.complete)).to.deep.equal([true, false]);
  });

  it('keeps an end marker without a start as text', () => {
    expect(readFrames('a\n@!@!@ENDMSG 2110 @!@!@\nb')).to.deep.equal([
      { kind: 'text', text: 'a' },
      { kind: 'text', text: '@!@!@ENDMSG 2110 @!@!@' },
      { kind: 'text', text: 'b' },
    ]);
  });

  it('takes a class that TLC does not have for an error', () => {
    expect(readFrames('@!@!@STARTMSG 1:9 @!@!@\n@!@!@ENDMSG 1 @!@!@\n')).to.have.nested.property(
      '[0].severity',
      'error',
    );
  });

  it('reads logs with CRLF like logs with LF', () => {
    for (const { name } of CAPTURED) {
      const log = readFixture(`${name}.out`);
      expect(readFrames(log.replaceAll('\n', '\r\n'))).to.deep.equal(readFrames(log));
    }
  });

  it('gives the same frames however the log is cut into chunks', () => {
    const log = readFixture('missing-cfg.out') + readFixture('values.out');
    const whole = readFrames(log);
    fc.assert(
      fc.property(fc.array(fc.nat({ max: log.length }), { maxLength: 20 }), (cuts) => {
        const points = [0, ...cuts.sort((a, b) => a - b), log.length];
        const reader = createFrameReader();
        const frames = points.flatMap((point, i) => reader.push(log.slice(points[i - 1] ?? 0, point)));
        expect([...frames, ...reader.end()]).to.deep.equal(whole);
      }),
    );
  });
});
