import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findSanitizerFaultAddress, findSanitizerReport } from '../../src/native/sanitizer-report.js';
import { compare, observe } from '../../src/native/smoke-expectation.js';

const read = (name: string): string =>
  readFileSync(join(import.meta.dirname, 'fixtures', 'sanitizer', `${name}.txt`), 'utf8');

describe('sanitizer reports', () => {
  const kinds: Record<string, string> = {
    'asan-use-after-free': 'heap-use-after-free',
    'asan-double-free': 'double-free',
    'asan-overflow': 'heap-buffer-overflow',
    'asan-bad-free': 'bad-free',
    'asan-null': 'SEGV',
    'asan-leak': 'memory-leak',
    'asan-stack': 'stack-buffer-overflow',
    'tsan-race': 'data-race',
    'tsan-use-after-free': 'heap-use-after-free',
    'ubsan-shift': 'undefined-behavior',
  };
  for (const [name, kind] of Object.entries(kinds)) {
    it(`${name} is read as ${kind}`, () => {
      expect(findSanitizerReport(read(name))).to.equal(kind);
    });
  }

  it("a fault that ThreadSanitizer took, and MemorySanitizer's report, are read", () => {
    expect(
      findSanitizerReport('==77==ERROR: ThreadSanitizer: SEGV on unknown address 0x5f4 (pc 0x1 bp 0x2)\n'),
    ).to.equal('SEGV');
    expect(findSanitizerReport('==77==WARNING: MemorySanitizer: use-of-uninitialized-value\n')).to.equal(
      'use-of-uninitialized-value',
    );
  });

  it('undefined behaviour in a file whose path has blanks is read', () => {
    expect(
      findSanitizerReport('/my work/a b.c:3:5: runtime error: shift exponent 40 is too large\n'),
    ).to.equal('undefined-behavior');
  });

  it('plain output that only names a sanitizer is no report', () => {
    expect(findSanitizerReport('built with AddressSanitizer: heap-use-after-free is detected\n')).to.equal(
      null,
    );
  });

  it('a report whose first line a second faulting thread wrote into is read', () => {
    const line =
      '==16242==ERROR: AddressSanitizer: heap-use-after-free on address 0x60d000006ad0 at pc 0x7f\n';
    expect(findSanitizerReport(`=====\nAddressSanitizer${line}:DEADLYSIGNAL\n`)).to.equal(
      'heap-use-after-free',
    );
    expect(findSanitizerReport(`AddressSanitizer:DEADLYSIGNAL${line}`)).to.equal('heap-use-after-free');
  });

  it('the fault address of a SEGV that AddressSanitizer took is read', () => {
    expect(BigInt(findSanitizerFaultAddress(read('asan-null')) ?? '0')).to.equal(0x5f4n);
  });

  it('a report that no expectation mentions is a difference', () => {
    const seen = observe({
      stdout: '',
      stderr: read('tsan-race'),
      exit: 0,
      signal: null,
      timedOut: false,
    });
    expect(compare({ exit: 0 }, seen)).to.equal('sanitizer report none expected, data-race seen');
    expect(compare({ sanitizer: 'data race' }, seen)).to.equal('');
  });
});
