import { expect } from 'chai';
import { chooseForSweep } from './sweep.js';

describe('what npm test tries of a sweep', () => {
  const items = [['a', 'b'], ['b'], ['c', 'a'], [], ['c']];

  it('is one item for each name', () => {
    expect(chooseForSweep(items, (item) => item, false)).to.deep.equal([
      ['a', 'b'],
      ['c', 'a'],
    ]);
  });

  it('is everything in a sweep', () => {
    expect(chooseForSweep(items, (item) => item, true)).to.deep.equal(items);
  });
});
