import { expect } from 'chai';
import { compare, observe } from '../../src/native/smoke-expectation.js';

const ended = (facts: object) =>
  observe({ stdout: '', stderr: '', exit: 0, signal: null, timedOut: false, ...facts });

describe('what a process did against what was expected', () => {
  it('a signal at the declared address is as expected, however the address is written', () => {
    const seen = ended({ exit: null, signal: 'SIGSEGV', stderr: '{"signal":"SIGSEGV","faultAddress":"0x05F4"}\n' });
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
    expect(compare({ exit: 0, report: { skips: 1 } }, ended({ stdout: '{"skips":1}\ndone\n' }))).to.contain('skips');
  });

  it('a process past its deadline is never as expected', () => {
    expect(compare({ exit: 0 }, ended({ timedOut: true }))).to.equal('did not end before its deadline');
  });

  it('a library that the loader refused voids the run', () => {
    const stderr =
      "ERROR: ld.so: object '/no/lib.so' from LD_PRELOAD cannot be preloaded (cannot open shared object file): ignored.\n";
    expect(compare({ exit: 0 }, ended({ stderr }))).to.equal('the loader refused /no/lib.so');
  });
});
