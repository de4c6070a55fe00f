import { expect } from 'chai';
import fc from 'fast-check';
import { readJson } from '../../src/project/json-text.js';

describe('JSON with lines', () => {
  it('reads whatever JSON.stringify writes, as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const read = readJson(text);
        expect(read).to.have.property('value');
        expect('value' in read && read.value).to.deep.equal(JSON.parse(text));
      }),
    );
  });

  it('refuses exactly what JSON.parse refuses, but for keys that stand twice', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"b"',
      '1',
      '-',
      '0',
      '1.5e3',
      'true',
      'nul',
      ' ',
      '\n',
      '"',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
        const text = pieces.join('');
        let parses = true;
        try {
          JSON.parse(text);
        } catch {
          parses = false;
        }
        const read = readJson(text);
        if ('message' in read && read.message.includes('stands twice')) return;
        expect('value' in read, text).to.equal(parses);
      }),
      { numRuns: 2000 },
    );
  });

  it('knows the line of every path, and of the nearest ancestor of one that is not there', () => {
    const read = readJson('{\n "a": [\n  1,\n  {"b": 2}\n ]\n}');
    if (!('value' in read)) throw new Error(read.message);
    expect(read.lineOf(['a'])).to.equal(2);
    expect(read.lineOf(['a', 1, 'b'])).to.equal(4);
    expect(read.lineOf(['a', 1, 'missing'])).to.equal(4);
    expect(read.lineOf([])).to.equal(1);
  });
});
