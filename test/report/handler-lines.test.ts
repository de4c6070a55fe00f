import { expect } from 'chai';
import type { HandlerFault, ReachabilityResult } from '../../src/domain/reachability.js';
import { handlerFaultLines, handlerLines } from '../../src/report/handler-lines.js';
import { makePaint } from '../../src/report/paint.js';

const paint = makePaint(false);
const fault = (name: string): HandlerFault => ({
  path: 'native/stats.cpp',
  line: 12,
  kind: 'unsafe call',
  handler: 'onInterrupt',
  message: `handler onInterrupt reaches ${name} through logStats (async-signal-unsafe)`,
  hint: 'set a flag here',
  trail: ['native/a.cpp:44: onInterrupt calls logStats', `native/stats.cpp:12: logStats calls ${name}`],
});
const result: ReachabilityResult = {
  state: 'failed',
  reason: '',
  compiler: 'clang',
  files: [],
  handlers: [
    {
      path: 'native/a.cpp',
      line: 41,
      name: 'onInterrupt',
      kinds: ['signal handler'],
      registered: [],
      claims: ['X!Safe'],
      functions: 2,
      calls: ['write'],
      excused: ['passOn: indirect call: it was there before'],
      faults: 1,
    },
  ],
  without: 0,
  faults: [fault('malloc')],
  milliseconds: 1,
};

describe('handlers on the screen', () => {
  it('have a line each, with what they reach, what is excused, and their claims', () => {
    expect(handlerLines(result.handlers, 400, paint)).to.deep.equal([
      'FAIL onInterrupt, signal handler, native/a.cpp:41: reaches 2 functions and calls write; 1 fault; ' +
        'excused: passOn: indirect call: it was there before; X!Safe',
    ]);
  });

  it('a fault has its place, the calls on the way, and what to do', () => {
    expect(handlerFaultLines(result.faults, paint)).to.deep.equal([
      'FAIL native/stats.cpp:12: handler onInterrupt reaches malloc through logStats (async-signal-unsafe)',
      '       native/a.cpp:44: onInterrupt calls logStats',
      '       native/stats.cpp:12: logStats calls malloc',
      '     hint: set a flag here',
    ]);
  });

  it('a handler with many faults shows the first and counts the rest', () => {
    const faults = ['a', 'b', 'c', 'd', 'e', 'f'].map(fault);
    const lines = handlerFaultLines(faults, paint);
    expect(lines.filter((line) => line.startsWith('FAIL native/'))).to.have.length(4);
    expect(lines.at(-1)).to.equal('FAIL handler onInterrupt: 2 more in the record');
  });
});
