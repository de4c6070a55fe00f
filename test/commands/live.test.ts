import { expect } from 'chai';
import { startLive } from '../../src/commands/live.js';

describe('progress', () => {
  it('what a program under test printed reaches the terminal as text that it does not obey', () => {
    const written: string[] = [];
    const write = process.stderr.write.bind(process.stderr);
    process.stderr.write = (text: string) => written.push(text) > 0;
    try {
      startLive({ quiet: false, lines: 'stderr' }).say('FAIL smoke test x  \u001b[2J\u202egone\nover seen');
    } finally {
      process.stderr.write = write;
    }
    expect(written.join('')).to.equal('FAIL smoke test x  \\u001b[2J\\u202egone over seen\n');
  });
});
