import { expect } from 'chai';
import { compareValues, type Size } from '../../src/gate/constant-order.js';

const cases: [string, string, Size][] = [
  ['3', '3', 'same'],
  ['3', '2', 'smaller'],
  ['9', '10', 'larger'],
  ['{t1, t2}', '{t1}', 'smaller'],
  ['{t1}', '{t1, t2, t3}', 'larger'],
  ['{t1, t2}', '{a, b}', 'same'],
  ['{"a", "b"}', '{"a", "c"}', 'unclear'],
  ['{1, 2}', '{1, 3}', 'unclear'],
  ['{TRUE}', '{FALSE}', 'unclear'],
  ['{{a, b}, {c}}', '{{a, b, c}}', 'smaller'],
  ['{"a, b", "c"}', '{"c", "d", "a, b"}', 'larger'],
  ['{"a, b", "c"}', '{"a", "b", "c"}', 'unclear'],
  ['{1, 2}', '{7, 8, 9}', 'unclear'],
  ['{t1, t2}', '{"a", "b", "c"}', 'unclear'],
  ['{"a", "b"}', '{"b", "a"}', 'same'],
  ['{a, a}', '{a}', 'same'],
  ['{}', '{a}', 'larger'],
  ['TRUE', 'FALSE', 'unclear'],
  ['"x"', '"y"', 'unclear'],
  ['3', '{a, b, c}', 'unclear'],
  ['<- Few', '<- Fewer', 'unclear'],
];

describe('compareValues', () => {
  for (const [was, is, size] of cases)
    it(`${was} to ${is}: ${size}`, () => {
      expect(compareValues(was, is)).to.equal(size);
    });
});
