import { expect } from 'chai';
import fc from 'fast-check';
import type { Value } from '../../src/domain/behaviour.js';
import { parseValue } from '../../src/engine/value-parser.js';
import { canonicaliseValue, compareValues, formatValue } from '../../src/engine/values.js';

const int = (value: number | bigint): Value => ({ kind: 'int', value: String(value) });
const str = (value: string): Value => ({ kind: 'string', value });
const model = (value: string): Value => ({ kind: 'model', value });

const identifier = fc.stringMatching(/^[a-z_][A-Za-z0-9_]{0,6}$/).filter((name) => /[A-Za-z]/.test(name));
/** Values with their parts in any order, repeated or not. */
const { anyValue } = fc.letrec<{ anyValue: Value }>((tie) => ({
  anyValue: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(int),
    fc.boolean().map((value): Value => ({ kind: 'bool', value })),
    fc.string({ unit: 'binary' }).map(str),
    identifier.map(model),
    fc.array(tie('anyValue'), { maxLength: 4 }).map((elements): Value => ({ kind: 'set', elements })),
    fc.array(tie('anyValue'), { maxLength: 4 }).map((elements): Value => ({ kind: 'seq', elements })),
    fc
      .uniqueArray(fc.record({ name: fc.oneof(identifier, fc.constant('IF')), value: tie('anyValue') }), {
        selector: (field) => field.name,
        maxLength: 4,
      })
      .map((fields): Value => ({ kind: 'record', fields })),
    fc
      .array(fc.record({ key: tie('anyValue'), value: tie('anyValue') }), { maxLength: 4 })
      .map((pairs): Value => ({ kind: 'function', pairs })),
  ),
}));

describe('TLA+ values', () => {
  const examples: [text: string, value: Value][] = [
    ['-3', int(-3)],
    ['007', int(7)],
    ['123456789012345678901234567890', int(123456789012345678901234567890n)],
    ['TRUE', { kind: 'bool', value: true }],
    ['p1', model('p1')],
    [String.raw`"say \"hi\"\\there, {<<odd>>}"`, str(String.raw`say "hi"\there, {<<odd>>}`)],
    ['{}', { kind: 'set', elements: [] }],
    ['{3, 1, 10, 1}', { kind: 'set', elements: [int(1), int(3), int(10)] }],
    ['1..3', { kind: 'set', elements: [int(1), int(2), int(3)] }],
    ['-1..0', { kind: 'set', elements: [int(-1), int(0)] }],
    ['2..1', { kind: 'set', elements: [] }],
    ['<<>>', { kind: 'seq', elements: [] }],
    ['<<1, <<"a">>>>', { kind: 'seq', elements: [int(1), { kind: 'seq', elements: [str('a')] }] }],
    [
      '[b |-> 1, a |-> {}]',
      {
        kind: 'record',
        fields: [
          { name: 'a', value: { kind: 'set', elements: [] } },
          { name: 'b', value: int(1) },
        ],
      },
    ],
    [
      '(b :> 1 @@ a :> 2)',
      {
        kind: 'function',
        pairs: [
          { key: model('a'), value: int(2) },
          { key: model('b'), value: int(1) },
        ],
      },
    ],
    [
      '( 0 :>\n      { [k |-> 1],\n        [k |-> 0] } @@\n  -1 :> {} )',
      {
        kind: 'function',
        pairs: [
          { key: int(-1), value: { kind: 'set', elements: [] } },
          {
            key: int(0),
            value: {
              kind: 'set',
              elements: [
                { kind: 'record', fields: [{ name: 'k', value: int(0) }] },
                { kind: 'record', fields: [{ name: 'k', value: int(1) }] },
              ],
            },
          },
        ],
      },
    ],
  ];
  for (const [text, value] of examples) {
    it(`${text.replace(/\s+/g, ' ')} has its canonical form`, () => {
      expect(parseValue(text)).to.deep.equal(value);
    });
  }

  const texts = [
    'SUBSET {1, 2}',
    '[a -> {1}]',
    '1..1000000',
    '{1, 2',
    'a b',
    '',
    '[x |-> ]',
    '<<1,>>',
    '"open',
    '1 :> 2',
  ];
  for (const text of texts) {
    it(`"${text}" is kept as text`, () => {
      expect(parseValue(text)).to.deep.equal({ kind: 'text', value: text });
    });
  }

  it('keeps a text of several lines as one line', () => {
    expect(parseValue('SUBSET\n  { 1,\n    2 }\n')).to.deep.equal({ kind: 'text', value: 'SUBSET { 1, 2 }' });
  });

  it('a function over 1..n equals the sequence', () => {
    expect(parseValue('(2 :> "b" @@ 1 :> "a")')).to.deep.equal(parseValue('<<"a", "b">>'));
    expect(parseValue('(2 :> "b" @@ 3 :> "a")').kind).to.equal('function');
  });

  it('a function over identifier strings equals the record', () => {
    expect(parseValue('("y" :> 2 @@ "x" :> 1)')).to.deep.equal(parseValue('[x |-> 1, y |-> 2]'));
    expect(parseValue('("a b" :> 2)').kind).to.equal('function');
  });

  it('takes the left one of two equal keys, as @@ does', () => {
    expect(parseValue('(a :> 1 @@ a :> 2)')).to.deep.equal(parseValue('(a :> 1)'));
  });

  it('writes a field whose name is a reserved word as a function, which SANY accepts', () => {
    expect(formatValue(parseValue('("IF" :> 1)'))).to.equal('("IF" :> 1)');
  });

  it('reads back what it writes, for every value', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const canonical = canonicaliseValue(value);
        expect(parseValue(formatValue(canonical))).to.deep.equal(canonical);
        expect(parseValue(formatValue(value))).to.deep.equal(canonical);
      }),
      { numRuns: 500 },
    );
  });

  it('has one canonical form, whatever the order of the parts', () => {
    const shuffled = fc
      .array(anyValue, { maxLength: 5 })
      .chain((values) =>
        fc.tuple(fc.constant(values), fc.shuffledSubarray(values, { minLength: values.length })),
      );
    fc.assert(
      fc.property(shuffled, ([left, right]) => {
        const asSet = (elements: Value[]): Value => canonicaliseValue({ kind: 'set', elements });
        expect(asSet(left)).to.deep.equal(asSet([...right, ...right]));
        const keyed = left.map((value, i) => ({ key: int(i * 2), value }));
        const asFunction = (pairs: typeof keyed): Value => canonicaliseValue({ kind: 'function', pairs });
        expect(asFunction(keyed)).to.deep.equal(asFunction([...keyed].reverse()));
      }),
    );
  });

  it('canonicalises a canonical value to itself, without changing its argument', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const before = JSON.stringify(value);
        const canonical = canonicaliseValue(value);
        expect(JSON.stringify(value)).to.equal(before);
        expect(canonicaliseValue(canonical)).to.deep.equal(canonical);
      }),
    );
  });

  it('orders integers by size', () => {
    expect([int(10), int(-2), int(9)].sort(compareValues)).to.deep.equal([int(-2), int(9), int(10)]);
  });
});
