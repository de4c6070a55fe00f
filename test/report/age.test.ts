import { expect } from 'chai';
import { describeAge, describeReuse } from '../../src/report/age.js';

const NOW = Date.parse('2026-11-24T12:00:00Z');

describe('the age of a reused result', () => {
  const ages: [string, string][] = [
    ['2026-11-24T12:00:00.000Z', 'just now'],
    ['2026-11-24T11:59:18.000Z', '42 s ago'],
    ['2026-11-24T11:58:59.000Z', '1 min ago'],
    ['2026-11-24T10:00:00.000Z', '2 h ago'],
    ['2026-11-23T12:30:00.000Z', '23 h ago'],
    ['2026-11-20T12:00:00.000Z', '4 d ago'],
    ['2026-11-25T12:00:00.000Z', 'just now'],
  ];
  for (const [at, text] of ages)
    it(`of ${at} is ${text}`, () => {
      expect(describeAge(at, NOW)).to.equal(text);
    });

  it('stands behind the record it comes from', () => {
    expect(describeReuse({ from: 'r1', at: '2026-11-24T10:00:00Z' }, NOW)).to.equal('from r1, 2 h ago');
  });
});
