import { expect } from 'chai';
import fc from 'fast-check';
import { Problem } from '../../src/domain/problem.js';
import { applyEdits, applySpans, lineOf } from '../../src/source/span-edit.js';

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof Problem) return `${error.code} ${error.message}`;
    throw error;
  }
  return 'no problem';
};

describe('edits of text', () => {
  it('by span are made in any order', () => {
    const spans = [
      { start: 4, end: 5, replace: 'E' },
      { start: 0, end: 1, replace: '' },
      { start: 2, end: 2, replace: '+' },
    ];
    expect(applySpans('abcde', spans)).to.equal('b+cdE');
  });

  it('by span are refused where two overlap or one lies outside', () => {
    expect(() =>
      applySpans('abc', [
        { start: 0, end: 2, replace: '' },
        { start: 1, end: 3, replace: '' },
      ]),
    ).to.throw();
    expect(() => applySpans('abc', [{ start: 2, end: 9, replace: '' }])).to.throw();
  });

  it('by passage need it to occur exactly once', () => {
    expect(applyEdits('lock; work; unlock', [{ find: 'work; ', replace: '' }], 'M.tla')).to.equal(
      'lock; unlock',
    );
    expect(codeOf(() => applyEdits('a', [{ find: 'b', replace: '' }], 'M.tla'))).to.match(
      /^EDIT-NOWHERE M\.tla: /,
    );
    expect(codeOf(() => applyEdits('aa\nb a', [{ find: 'a', replace: '' }], 'M.tla'))).to.match(
      /^EDIT-TWICE/,
    );
    expect(codeOf(() => applyEdits('aaa', [{ find: 'aa', replace: '' }], 'M.tla'))).to.match(/^EDIT-TWICE/);
  });

  it('leave a text as it is where they put in what they take out', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.nat(), (text, a, b) => {
        const start = Math.min(a % (text.length + 1), b % (text.length + 1));
        const end = Math.max(a % (text.length + 1), b % (text.length + 1));
        expect(applySpans(text, [{ start, end, replace: text.slice(start, end) }])).to.equal(text);
      }),
    );
  });

  it('know the line of an offset', () => {
    expect([0, 1, 2, 3].map((o) => lineOf('a\nb\n', o))).to.deep.equal([1, 1, 2, 2]);
  });
});
