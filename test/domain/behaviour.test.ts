import { expect } from 'chai';
import fc from 'fast-check';
import { valueSchema, valueShape } from '../../src/domain/behaviour.js';

const KINDS = ['int', 'bool', 'string', 'model', 'set', 'seq', 'record', 'function', 'text', 'set'];

/** Values, and what is nearly one: a part that is missing, of another kind, or something else altogether. */
const { value: nearly } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(
      { kind: 'int', value: '1' },
      { kind: 'bool', value: true },
      { kind: 'model', value: 'a' },
    ),
    fc.constantFrom<unknown>({ kind: 'bool', value: 'TRUE' }, { kind: 'real', value: '1' }, null, 1, 'x'),
    fc.record({ kind: fc.constantFrom(...KINDS), elements: fc.array(tie('value'), { maxLength: 3 }) }),
    fc.record({
      kind: fc.constantFrom(...KINDS),
      fields: fc.array(fc.record({ name: fc.constantFrom<unknown>('a', 1), value: tie('value') }), {
        maxLength: 2,
      }),
    }),
    fc.record({
      kind: fc.constantFrom(...KINDS),
      pairs: fc.array(fc.record({ key: tie('value'), value: tie('value') }), { maxLength: 2 }),
    }),
  ),
}));

describe('a value of a record', () => {
  it('is read by hand as its published shape says', () => {
    let good = 0;
    fc.assert(
      fc.property(nearly, (found) => {
        const { success } = valueSchema.safeParse(found);
        if (success) good += 1;
        expect(success).to.equal(valueShape.safeParse(found).success);
      }),
      { seed: 5, numRuns: 2000 },
    );
    expect(good).to.be.within(200, 1800);
  });
});
