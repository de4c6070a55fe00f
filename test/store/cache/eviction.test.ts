import { expect } from 'chai';
import fc from 'fast-check';
import { chooseEvicted, type Stored } from '../../../src/store/cache/eviction.js';

const stored = fc.uniqueArray(fc.record({ key: fc.string(), bytes: fc.nat(1000), used: fc.nat(50) }), {
  selector: (s: Stored) => s.key,
});

describe('what is evicted', () => {
  it('leaves no more than the limit, and no entry goes that is used later than one that stays', () => {
    fc.assert(
      fc.property(stored, fc.nat(5000), (all, limit) => {
        const gone = new Set(chooseEvicted(all, limit));
        const kept = all.filter((s) => !gone.has(s.key));
        expect(kept.reduce((sum, s) => sum + s.bytes, 0)).to.be.at.most(limit);
        for (const s of all.filter((each) => gone.has(each.key)))
          for (const k of kept) expect(k.used).to.be.at.least(s.used);
      }),
    );
  });

  it('is no more than it takes: with the last one back, the rest does not fit', () => {
    fc.assert(
      fc.property(stored, fc.nat(5000), (all, limit) => {
        const gone = chooseEvicted(all, limit);
        const back = gone.at(-1);
        if (back === undefined) return;
        const others = all.filter((s) => s.key === back || !gone.includes(s.key));
        expect(others.reduce((sum, s) => sum + s.bytes, 0)).to.be.greaterThan(limit);
      }),
    );
  });
});
