import { expect } from 'chai';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { textWidth } from '../../src/report/text-width.js';

describe('the width of a text', () => {
  it('is that of the library, also where the library is not asked', () => {
    const plain = fc.string({ unit: fc.constantFrom('a', ' ', '~', '\\', '·', '–', '…') });
    fc.assert(
      fc.property(fc.oneof(plain, fc.string({ unit: 'binary' })), (text) => {
        expect(textWidth(text)).to.equal(stringWidth(text));
      }),
    );
    for (let code = 0x20; code < 0x7f; code += 1) {
      const sign = String.fromCodePoint(code);
      expect(textWidth(sign), sign).to.equal(stringWidth(sign));
    }
  });
});
