import { expect } from 'chai';
import fc from 'fast-check';
import { decodeEntry, encodeEntry, type Entry } from '../../../src/store/cache/entry.js';

const KEY = 'a'.repeat(64);
const entry = (parts: unknown[]): Entry => ({
  head: { kind: 'run', key: KEY, from: 'r1', at: '2026-01-01T00:00:00.000Z', files: [] },
  parts: parts.map((part) => JSON.stringify(part)),
});
const isDamaged = (text: string, kind = 'run', key = KEY): boolean =>
  'damage' in decodeEntry(Buffer.from(text), kind, key);

describe('the text of a stored result', () => {
  it('decodes to what was encoded', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { minLength: 1, maxLength: 4 }), (parts) => {
        expect(decodeEntry(Buffer.from(encodeEntry(entry(parts))), 'run', KEY)).to.deep.equal(entry(parts));
      }),
    );
  });

  it('is damaged by a change of any one character, and by a cut at any place', () => {
    const text = encodeEntry(entry([{ outcome: 'Holds', distinct: 94 }]));
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom('0', '1', 'x', '\n', '}'), (at, letter) => {
        if (text[at] !== letter)
          expect(isDamaged(text.slice(0, at) + letter + text.slice(at + 1))).to.equal(true);
        expect(isDamaged(text.slice(0, at))).to.equal(true);
      }),
    );
  });

  it('is damaged where it lies under another key or kind', () => {
    const text = encodeEntry(entry([1]));
    expect(isDamaged(text)).to.equal(false);
    expect(isDamaged(text, 'run', 'b'.repeat(64))).to.equal(true);
    expect(isDamaged(text, 'smoke')).to.equal(true);
  });

  it('an empty file, and one that is no entry at all, are damaged', () => {
    for (const text of ['', '\n', 'x', '{}', `${'0'.repeat(64)}\n`]) expect(isDamaged(text)).to.equal(true);
  });
});
