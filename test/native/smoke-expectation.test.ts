import { expect } from 'chai';
import { compare, observe } from '../../src/native/smoke-expectation.js';

const ended = (facts: object) =>
  observe({ stdout: '', stderr: '', exit: 0, signal: null, timedOut: false, ...facts });

describe('what a process did against what was expected', () => {
  it('a signal at the declared address is as expected, however the address is written', () => {
    const seen = ended({
      exit: null,
      signal: 'SIGSEGV',
      stderr: '{"signal":"SIGSEGV","faultAddress":"0x05F4"}\n',
    });
    expect(compare({ signal: 'SIGSEGV', faultAddress: '0x5f4' }, seen)).to.equal('');
    expect(compare({ signal: 'SIGSEGV', faultAddress: '0x5c8' }, seen)).to.equal(
      'fault address 0x5c8 expected, 0x05F4 seen',
    );
  });

  it('a clean end is not the declared crash', () => {
    expect(compare({ signal: 'SIGSEGV' }, ended({}))).to.equal('SIGSEGV expected, exit 0 seen');
  });

  it('a crash is not the declared clean end', () => {
    expect(compare({ exit: 0 }, ended({ exit: null, signal: 'SIGABRT' }))).to.equal(
      'exit 0 expected, SIGABRT seen',
    );
  });

  it('report keys are compared by value, and other keys do not matter', () => {
    const seen = ended({ stdout: 'text\n{"skips":1,"other":2,"list":[1,{"a":2}]}\n' });
    expect(compare({ exit: 0, report: { skips: 1, list: [1, { a: 2 }] } }, seen)).to.equal('');
    expect(compare({ exit: 0, report: { skips: 2 } }, seen)).to.equal('report key skips: 2 expected, 1 seen');
    expect(compare({ exit: 0, report: { gone: 1 } }, seen)).to.contain('report key gone: 1 expected');
  });

  it('a report that is not the last line is no report', () => {
    expect(compare({ exit: 0, report: { skips: 1 } }, ended({ stdout: '{"skips":1}\ndone\n' }))).to.contain(
      'skips',
    );
  });

  it('a process past its deadline is never as expected', () => {
    expect(compare({ exit: 0 }, ended({ timedOut: true }))).to.equal('did not end before its deadline');
  });

  it('a process that printed more than is kept is never as expected: a report may be lost', () => {
    expect(compare({ exit: 0, sanitizer: null }, ended({ truncated: true }))).to.match(
      /^it printed more than can be kept/,
    );
  });

  it('a library that the loader refused voids the run', () => {
    const stderr =
      "ERROR: ld.so: object '/no/lib.so' from LD_PRELOAD cannot be preloaded (cannot open shared object file): ignored.\n";
    expect(compare({ exit: 0 }, ended({ stderr }))).to.equal('the loader refused /no/lib.so');
  });

  it('a bound takes every number from it upwards, and nothing else', () => {
    const expected = { exit: 0, report: { schedules: { atLeast: 20 } } };
    const with_ = (schedules: unknown) =>
      compare(expected, ended({ stdout: `${JSON.stringify({ schedules })}\n` }));
    expect([with_(20), with_(352)]).to.deep.equal(['', '']);
    expect(with_(19)).to.equal('report key schedules: at least 20 expected, 19 seen');
    expect(with_('many')).to.contain('at least 20 expected');
  });

  it('a schedule that cannot happen is said to be that, and not another exit code', () => {
    const seen = ended({
      exit: 78,
      stdout: '{"schedule":"infeasible","waiting":"reader:work.use","due":"ender:destroy.freed"}\n',
    });
    expect(compare({ exit: 0, report: { overlaps: 0 } }, seen)).to.equal(
      'the schedule cannot happen: reader:work.use waits, and ender:destroy.freed is due and does not come (exit 78)',
    );
    expect(compare({ exit: 78 }, seen)).to.equal('');
  });

  it('a schedule with steps left over could not happen either', () => {
    const seen = ended({ exit: 78, stdout: '{"schedule":"incomplete","taken":["one:start"]}\n' });
    expect(compare({ signal: 'SIGSEGV' }, seen)).to.equal(
      'the schedule cannot happen: only these steps were taken: one:start (exit 78)',
    );
  });

  it('exit 78 without such a report is an exit code like others', () => {
    expect(compare({ exit: 0 }, ended({ exit: 78 }))).to.equal('exit 0 expected, exit 78 seen');
  });

  it('a schedule that the engine refuses voids the run', () => {
    const seen = ended({
      exit: null,
      signal: 'SIGABRT',
      stderr: 'schedule: no thread plays the role of: c:q\n',
    });
    expect(compare({ exit: 0 }, seen)).to.equal('the schedule is wrong: no thread plays the role of: c:q');
  });

  it('of several kinds of report any one will do, and none will not', () => {
    const racy = (stderr: string) =>
      compare({ sanitizer: ['data-race', 'heap-use-after-free'] }, ended({ exit: 66, stderr }));
    expect(racy('WARNING: ThreadSanitizer: data race (pid=1)\n')).to.equal('');
    expect(racy('WARNING: ThreadSanitizer: heap-use-after-free (pid=1)\n')).to.equal('');
    expect(racy('WARNING: ThreadSanitizer: lock-order-inversion (potential deadlock) (pid=1)\n')).to.equal(
      'sanitizer report data-race or heap-use-after-free expected, lock-order-inversion seen',
    );
    expect(racy('')).to.equal('sanitizer report data-race or heap-use-after-free expected, none seen');
  });
});
